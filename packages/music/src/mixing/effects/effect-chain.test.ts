import { Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clickTrack } from '../../testing/click-track.ts';
import { rendered, sameBits } from '../../testing/mix-rendering.ts';
import { planMix } from '../plan-mix.ts';
import type { MixPlan } from '../plan-schema.ts';
import { EffectChain } from './effect-chain.ts';
import type { MixEffect } from './effect-schema.ts';

const RATE = 44_100;
const SECONDS = 12;

const tones = (amplitude: number, ...hertz: readonly number[]) =>
  Float32Array.from({ length: SECONDS * RATE }, (_, i) =>
    hertz.reduce((sum, hz) => sum + amplitude * Math.sin((2 * Math.PI * hz * i) / RATE), 0),
  );

/** Four tones on the left, noise on the right: something to be heard in every band. */
function music(): readonly [Float32Array, Float32Array] {
  let seed = 1;
  const left = tones(0.1, 55, 440, 3000, 9000);
  const right = Float32Array.from(left, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return 0.3 * (seed / 2 ** 30 - 1);
  });
  return [left, right];
}

const base = clickTrack({ bpm: 120, seconds: SECONDS });
const sound = { sampleRate: RATE, channels: music() };

/** One track with effects. */
function planWith(
  effects: readonly MixEffect[],
  edit: (track: MixPlan['tracks'][number]) => object = () => ({}),
): MixPlan {
  const plan = planMix([base.track]);
  const [track] = plan.tracks;
  return { ...plan, tracks: [{ ...track!, gainDb: 0, effects, ...edit(track!) }] };
}

const place = { start: 3.0001, end: 7.0003 };
const EFFECTS: readonly MixEffect[] = [
  {
    ...{ kind: 'low-pass', ...place, resonanceDb: 3 },
    cutoffHz: [
      { at: 3, value: 15_000 },
      { at: 5, value: 200 },
      { at: 7, value: 15_000 },
    ],
  },
  {
    ...{ kind: 'high-pass', ...place, resonanceDb: 0 },
    cutoffHz: [
      { at: 3.5, value: 40 },
      { at: 6, value: 2000 },
    ],
  },
  {
    ...{ kind: 'flanger', ...place },
    ...{ delaySeconds: 0.001, sweepSeconds: 0.004, periodSeconds: 2, spread: 0.25, feedback: 0.5, mix: 0.5 },
  },
  {
    ...{ kind: 'phaser', ...place },
    ...{ lowHz: 300, highHz: 4000, periodSeconds: 2, spread: 0.25, feedback: 0.4, mix: 0.5 },
  },
  {
    ...{ kind: 'bit-crush', ...place, rateHz: 11_025, mix: 0.8 },
    bits: [
      { at: 3, value: 16 },
      { at: 6, value: 5 },
    ],
  },
  { kind: 'gater', ...place, periodSeconds: 0.125, duty: 0.5, edgeSeconds: 0.004, depth: 1 },
  {
    ...{ kind: 'roll', ...place },
    seconds: [
      { at: 3, value: 0.5 },
      { at: 5.0001, value: 0.25 },
    ],
  },
  { kind: 'platter', ...place, seconds: 1.5 },
  { kind: 'backspin', ...place, seconds: 1.5, speed: 2 },
  {
    ...{ kind: 'echo', ...place, seconds: 0.375, feedback: 0.5, lowCutHz: 100, highCutHz: 8000, wet: 0.7 },
    send: [
      { at: 4, value: 1 },
      { at: 5, value: 0 },
    ],
  },
  {
    ...{ kind: 'reverb', ...place, decaySeconds: 1.5, highDecay: 0.5, dampingHz: 5000, lowCutHz: 200 },
    ...{ send: 1, wet: 0.5 },
  },
];

const frame = (seconds: number) => Math.round(seconds * RATE);

/** Largest second difference around a frame, as large as a step there is high. */
function bend(samples: Float32Array, at: number): number {
  let most = 0;
  for (let i = at - 3; i < at + 4; i++)
    most = Math.max(most, Math.abs(samples[i + 1]! - 2 * samples[i]! + samples[i - 1]!));
  return most;
}

describe.each(EFFECTS.map((effect) => [effect.kind, effect] as const))('a track with %s', (_, effect) => {
  it('is changed from start to end and exactly as it is elsewhere, at any size of block', async () => {
    const dry = await rendered(planWith([]), [sound]);
    const wet = await rendered(planWith([effect]), [sound]);
    for (const side of [0, 1] as const) {
      // The limiter hears nothing to do in either.
      const outside = (samples: Float32Array) => [
        samples.subarray(0, frame(place.start)),
        samples.subarray(frame(place.end)),
      ];
      expect(sameBits(outside(wet[side]), outside(dry[side]))).toBe(true);
      const within = wet[side].subarray(frame(place.start), frame(place.end));
      const apart = within.reduce((sum, value, i) => sum + (value - dry[side][frame(place.start) + i]!) ** 2, 0);
      expect(Math.sqrt(apart / within.length)).toBeGreaterThan(0.01);
    }
    for (const blockFrames of [1000, 100_000]) {
      const again = await rendered(planWith([effect]), [sound], { blockFrames, decodeFrames: 777 });
      expect(sameBits(again, wet)).toBe(true);
    }
  });

  it('has no step where it begins and ends', async () => {
    const smooth = tones(0.2, 55, 440);
    const [wet] = await rendered(planWith([effect]), [{ sampleRate: RATE, channels: [smooth, smooth] }]);
    for (const at of [frame(place.start), frame(place.end)]) expect(bend(wet, at)).toBeLessThan(0.01);
  });
});

describe('EffectChain', () => {
  it('makes a processor when it is first used, and keeps it for the next of its kind', () => {
    const kernels = new Kernels();
    const chain = new EffectChain(kernels, RATE, 1024);
    const block = new SampleBlock(kernels, 2, 1024);
    const [gater] = EFFECTS.filter(({ kind }) => kind === 'gater');
    const later = { ...gater!, start: 8, end: 9 };
    const track = planWith([gater!, later]).tracks[0]!;
    chain.load(track);
    const before = kernels.mark();
    const play = (seconds: number) => {
      block.silence(256);
      chain.play(block, frame(seconds), false);
      return kernels.mark();
    };
    expect(play(1)).toBe(before);
    const first = play(3.0001);
    expect(first).toBeGreaterThan(before);
    play(5);
    expect(play(7.5)).toBe(play(8));
    chain.load(track);
    expect(play(3.0001)).toBe(play(8.5));
  });

  it('plays two of one kind one after the other', async () => {
    const roll: MixEffect = { kind: 'roll', start: 2, end: 2.7, seconds: 0.25 };
    const alone = await rendered(planWith([{ ...roll, start: 3, end: 4 }]), [sound]);
    const both = await rendered(planWith([roll, { ...roll, start: 3, end: 4 }]), [sound]);
    expect(both[0].subarray(frame(3.05), frame(4))).toEqual(alone[0].subarray(frame(3.05), frame(4)));
    expect(both[0].subarray(frame(2.1), frame(2.6))).not.toEqual(alone[0].subarray(frame(2.1), frame(2.6)));
  });
});

describe('what an effect does in the mix', () => {
  it('repeats what was heard before the roll, to the frame', async () => {
    const roll: MixEffect = { kind: 'roll', start: 4, end: 8, seconds: 0.5 };
    const [, dry] = await rendered(planWith([]), [sound]);
    const [, wet] = await rendered(planWith([roll]), [sound]);
    // Past the crossfade at its beginning, the loop is the half second before the start.
    for (const turn of [0, 1, 5])
      for (let i = frame(0.02); i < frame(0.48); i++) {
        const off = Math.abs(wet[frame(4 + 0.5 * turn) + i]! - dry[frame(3.5) + i]!);
        if (off > 1e-6) expect({ turn, i, off }).toEqual({});
      }
  });

  it('opens the gate on its period from the start', async () => {
    const gate: MixEffect = {
      ...{ kind: 'gater', start: 4, end: 8 },
      ...{ periodSeconds: 0.25, duty: 0.5, edgeSeconds: 0.002, depth: 1 },
    };
    const [, wet] = await rendered(planWith([gate]), [sound]);
    const power = (from: number, to: number) =>
      wet.subarray(frame(from), frame(to)).reduce((sum, value) => sum + value * value, 0);
    for (let turn = 1; turn < 15; turn++) {
      const at = 4 + 0.25 * turn;
      expect(power(at + 0.01, at + 0.12)).toBeGreaterThan(10);
      expect(power(at + 0.13, at + 0.249)).toBe(0);
    }
  });

  it('leaves the tail of an echo when the fader is down, also after the source has ended', async () => {
    const clicks = {
      sampleRate: RATE,
      channels: music().map((samples) => samples.map((value, i) => (i < frame(5) ? value : 0))),
    };
    const echo: MixEffect = {
      ...{ kind: 'echo', start: 4, end: 16, seconds: 0.5, feedback: 0.7, lowCutHz: 20, highCutHz: 19_000 },
      ...{ send: 1, wet: 1 },
    };
    const faded = (effects: readonly MixEffect[]) => {
      const plan = planWith(effects, (track) => ({
        end: 16,
        cueOut: SECONDS,
        timeMap: [track.timeMap[0]!, { mix: 16, source: 16 }],
        level: [
          { at: 4.9, gain: 1 },
          { at: 5, gain: 0 },
        ],
      }));
      return { ...plan, seconds: 16 };
    };
    const [, without] = await rendered(faded([]), [clicks]);
    const [, wet] = await rendered(faded([echo]), [clicks]);
    const rms = (samples: Float32Array, from: number, to: number) =>
      Math.hypot(...samples.subarray(frame(from), frame(to))) / Math.sqrt(frame(to) - frame(from));
    expect(rms(without, 5.01, 5.4)).toBe(0);
    expect(rms(wet, 5.01, 5.4)).toBeGreaterThan(0.05);
    // 0.7 a pass, two passes a second: 13 s after the source has ended it still sounds, and falls as it should.
    const fall = 20 * Math.log10(rms(wet, 12.6, 12.9) / rms(wet, 11.6, 11.9));
    expect(rms(wet, 12.6, 12.9)).toBeGreaterThan(1e-4);
    expect(fall).toBeCloseTo(2 * 20 * Math.log10(0.7), 0);
    expect(Math.abs(wet.at(-1)!)).toBeLessThan(1e-6);
  });

  it('moves a corner along octaves', async () => {
    const tone = tones(0.3, 632.456);
    const sweep: MixEffect = {
      ...{ kind: 'low-pass', start: 2, end: 10, resonanceDb: 0 },
      cutoffHz: [
        { at: 2, value: 2000 },
        { at: 10, value: 200 },
      ],
    };
    const [wet] = await rendered(planWith([sweep]), [{ sampleRate: RATE, channels: [tone, tone] }]);
    // Half-way the corner is at the geometric mean, where two bands of q 1 leave a tone as it is.
    const peak = (at: number) =>
      wet.subarray(frame(at), frame(at + 0.01)).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(20 * Math.log10(peak(5.995) / 0.3)).toBeCloseTo(0, 0);
    expect(20 * Math.log10(peak(9.9) / 0.3)).toBeLessThan(-35);
  });

  it('ends in silence when a platter stops at the end of its track', async () => {
    const stop: MixEffect = { kind: 'platter', start: 8, end: SECONDS, seconds: 2 };
    const [left, right] = await rendered(planWith([stop]), [sound]);
    for (const samples of [left, right]) {
      expect(samples.subarray(frame(9)).some((value) => Math.abs(value) > 0.01)).toBe(true);
      expect(samples.subarray(frame(10.01)).every((value) => value === 0)).toBe(true);
    }
  });
});
