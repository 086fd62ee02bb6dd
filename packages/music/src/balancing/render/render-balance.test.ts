import { Compressor, Reverb, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { type Sound, SourceLog, sourceOf } from '../../testing/mix-rendering.ts';
import { type Band, plainPlan, renderedBalance, stem, stemKernels } from '../../testing/stems.ts';
import type { BalancePlan, StemStage } from '../plan-schema.ts';

const reason = '';
const BAND: Band = {
  drums: stem('drums', { seconds: 2 }),
  bass: stem('bass', { seconds: 2 }),
  keys: stem('chords', { seconds: 2 }),
};
const STAGES: readonly StemStage[] = [
  { kind: 'rumble-filter', cutoffHz: 60, slopeDbPerOctave: 12, removeDc: true, reason },
  { kind: 'equaliser', phase: 'linear', bands: [{ shape: 'peak', frequencyHz: 800, q: 1, gainDb: -3 }], reason },
  {
    ...{ kind: 'dynamics', mode: 'compress', thresholdDb: -20, ratio: 3, kneeDb: 6, attackSeconds: 0.01 },
    ...{ releaseSeconds: 0.1, rangeDb: 6, gainDb: 0, reason },
  },
];
const BUS: BalancePlan['bus'] = {
  stages: [
    { kind: 'gain', gainDb: 3, reason },
    { kind: 'limiter', ceilingDb: -3, lookaheadSeconds: 0.005, releaseSeconds: 0.1, reason },
  ],
};
const busy = {
  ...plainPlan(BAND, (name) => ({
    stages: name === 'bass' ? [] : STAGES,
    gain: { gainDb: -2.5, reason },
    send: { levelDb: name === 'keys' ? -10 : null, reason },
    pan: { position: name === 'keys' ? 0.4 : 0, reason },
  })),
  room: { decaySeconds: 0.6, highDecay: 0.5, dampingHz: 5000, lowCutHz: 200, reason },
  bus: BUS,
};

/** The sum of clips, sample by sample, as 32-bit floats add up. */
function sum(clips: readonly Sound[], frames: number): [Float32Array, Float32Array] {
  const out: [Float32Array, Float32Array] = [new Float32Array(frames), new Float32Array(frames)];
  for (const { channels } of clips) {
    out.forEach((samples, channel) => {
      channels[channel]!.forEach((value, i) => {
        samples[i]! += value;
      });
    });
  }
  return out;
}

describe('renderBalance', () => {
  it('adds stems up sample by sample when nothing is done to them', async () => {
    expect(await renderedBalance(plainPlan(BAND), BAND)).toEqual(sum(Object.values(BAND), 88_200));
  });

  it('gives the same samples in blocks of any size, however the sources come, and twice', async () => {
    const whole = await renderedBalance(busy, BAND);
    for (const blockFrames of [1, 999, 4096, 2 ** 17]) {
      const longest = blockFrames % 2 === 0 ? 100 : 50_000;
      const again = await renderedBalance(busy, BAND, { blockFrames }, (clip) => sourceOf(clip, undefined, 0, longest));
      expect(again).toEqual(whole);
    }
  });

  it('takes the delay of every stage out, to the frame', async () => {
    const stages: StemStage[] = [
      { kind: 'equaliser', phase: 'linear', bands: [{ shape: 'peak', frequencyHz: 800, q: 1, gainDb: 0 }], reason },
    ];
    const click: Sound = {
      sampleRate: 44_100,
      channels: [0, 1].map(() => Float32Array.from({ length: 9000 }, (_, i) => (i === 7000 ? 0.5 : 0))),
    };
    const plan = plainPlan({ click }, () => ({ stages }));
    const [left] = await renderedBalance(plan, { click });
    expect(left.indexOf(Math.max(...left))).toBe(7000);
  });

  it('begins a stem later, or within it, and ends where the plan does', async () => {
    const [drums, bass] = [BAND['drums']!, BAND['bass']!];
    const plan = plainPlan({ drums, bass }, (name) => ({ startSeconds: name === 'bass' ? 0.5 : -1 }));
    const [left] = await renderedBalance(plan, { drums, bass });
    const start = 22_050;
    const at = (clip: Sound, frame: number) => clip.channels[0]![frame] ?? 0;
    for (const frame of [0, 21_000, 22_051, 30_000, 44_099, 60_000, 88_199]) {
      expect(left[frame]).toBeCloseTo(at(drums, frame + 44_100) + (frame < start ? 0 : at(bass, frame - start)), 6);
    }
  });

  it('mixes what has other rates, channels and lengths', async () => {
    const clips = {
      drums: stem('drums', { seconds: 1, sampleRate: 48_000 }),
      pad: stem('pad', { seconds: 2, sampleRate: 32_000, channels: 1 }),
    };
    const [left, right] = await renderedBalance(plainPlan(clips), clips);
    expect(left).toHaveLength(96_000);
    expect(left).toEqual(right);
    // The pad is a sum of sines, so it can be told at any rate.
    const pad = stem('pad', { seconds: 2, sampleRate: 48_000 }).channels[0]!;
    for (let i = 50_000; i < 90_000; i += 777) expect(left[i]).toBeCloseTo(Math.SQRT1_2 * pad[i]!, 3);
  });

  it('adds what stems send to the room, which rings on behind them', async () => {
    const drums = BAND['drums']!;
    const room = { decaySeconds: 0.5, highDecay: 0.5, dampingHz: 5000, lowCutHz: 200, reason };
    const dry = { ...plainPlan({ drums }), seconds: 3 };
    const plan = { ...plainPlan({ drums }, () => ({ send: { levelDb: -10, reason } })), room, seconds: 3 };
    const [without] = await renderedBalance(dry, { drums });
    const [left, right] = await renderedBalance(plan, { drums });
    expect(without.subarray(88_200).every((value) => value === 0)).toBe(true);
    expect([left, right].map((side) => side.subarray(88_300, 90_000).some((value) => value !== 0))).toEqual([
      true,
      true,
    ]);
    // The reverb as it is, of the sound 10 dB down.
    const mark = stemKernels.mark();
    const reverb = new Reverb(stemKernels, {
      ...{ ...room, sampleRate: 44_100, channels: 2, send: 1, wet: 1, dry: 0 },
    });
    const block = new SampleBlock(stemKernels, 2, 132_300);
    block.silence(132_300);
    for (const channel of [0, 1])
      block.channel(channel).set(drums.channels[channel]!.map((value) => 10 ** -0.5 * value));
    reverb.process(block);
    for (let i = 0; i < 132_300; i += 501) expect(left[i]! - without[i]!).toBeCloseTo(block.channel(0)[i]!, 6);
    stemKernels.release(mark);
  });

  it('opens what is heard alone, and closes it', async () => {
    const log = new SourceLog();
    const plan = plainPlan(BAND, (name) => ({ muted: name === 'bass' }));
    const out = await renderedBalance(plan, BAND, {}, (clip, i) => sourceOf(clip, log, i));
    expect([log.opened, log.closed.toSorted()]).toEqual([
      [0, 2],
      [0, 2],
    ]);
    expect(out).toEqual(sum([BAND['drums']!, BAND['keys']!], 88_200));
    const silent = plainPlan(BAND, () => ({ muted: true }));
    const [left] = await renderedBalance(silent, BAND);
    expect(left.every((value) => value === 0)).toBe(true);
  });

  it('mixes 64 stems in a bounded memory, which it gives back', async () => {
    const clips = Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`${i}`, BAND['keys']!]));
    const plan = plainPlan(clips, (name) => ({
      stages: STAGES,
      gain: { gainDb: -36, reason },
      pan: { position: Number(name) / 32 - 1, reason },
    }));
    const mark = stemKernels.mark();
    const before = stemKernels.wasm.memory.buffer.byteLength;
    const [left] = await renderedBalance(plan, clips);
    expect(stemKernels.mark()).toBe(mark);
    expect(stemKernels.wasm.memory.buffer.byteLength - before).toBeLessThan(64 * 2 ** 20);
    expect(left.some((value) => value !== 0)).toBe(true);
  });

  it('tells each stem as it goes into the sum', async () => {
    const heard = new Map<number, number>();
    const plan = plainPlan(BAND, () => ({ gain: { gainDb: -20, reason } }));
    await renderedBalance(plan, BAND, {
      onStem: (index, piece: SampleBlock) =>
        heard.set(index, Math.max(heard.get(index) ?? 0, ...piece.channel(0).subarray(0, piece.frames))),
    });
    for (const [index, clip] of Object.values(BAND).entries()) {
      expect(heard.get(index)).toBeCloseTo(0.1 * Math.max(...clip.channels[0]!), 5);
    }
  });

  it('refuses sources that are not what the plan says, and closes them all', async () => {
    const log = new SourceLog();
    const plan = plainPlan(BAND);
    const other = (clip: Sound) => (_: Sound, i: number) => sourceOf(i === 1 ? clip : BAND['drums']!, log, i);
    const mono = stem('bass', { seconds: 2, channels: 1 });
    await expect(renderedBalance(plan, BAND, {}, other(mono))).rejects.toThrow(
      /bass\.wav has 1 channels at 44100 Hz; the plan is for 2/,
    );
    const short = stem('bass', { seconds: 1.5 });
    await expect(renderedBalance(plan, BAND, {}, other(short))).rejects.toThrow(
      /bass\.wav lasts 1\.50 s; the plan is for 2\.00 s/,
    );
    expect(log.closed.toSorted()).toEqual(log.opened.toSorted());
    await expect(renderedBalance(plan, BAND, { blockFrames: 0 })).rejects.toThrow(/blockFrames is 0/);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const log = new SourceLog();
    const stopped = renderedBalance(
      plainPlan(BAND),
      BAND,
      { signal: abort.signal, blockFrames: 1000, onProgress: () => abort.abort(new Error('enough')) },
      (clip, i) => sourceOf(clip, log, i),
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(log.closed).toHaveLength(3);
  });

  it('does to a stem what its stages say', async () => {
    const [, , dynamics] = STAGES;
    const plan = plainPlan({ drums: BAND['drums']! }, () => ({ stages: [dynamics!] }));
    const [left] = await renderedBalance(plan, { drums: BAND['drums']! });
    const mark = stemKernels.mark();
    const { kind: _kind, reason: _reason, ...settings } = dynamics as Extract<StemStage, { kind: 'dynamics' }>;
    const compressor = new Compressor(stemKernels, {
      ...{ ...settings, sampleRate: 44_100, channels: 2, detector: 'peak', sidechainHighPassHz: 60 },
    });
    const block = new SampleBlock(stemKernels, 2, 88_200);
    block.write(BAND['drums']!.channels, 0, 88_200);
    compressor.process(block);
    expect(left).toEqual(block.channel(0).slice(0, 88_200));
    stemKernels.release(mark);
  });
});
