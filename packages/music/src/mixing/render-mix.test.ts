import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { type ClickTrack, clickTrack } from '../testing/click-track.ts';
import { clickNear, rendered, type Sound, SourceLog, sourceOf } from '../testing/mix-rendering.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import { type MixOptions, planMix } from './plan-mix.ts';
import type { MixPlan } from './plan-schema.ts';
import { renderMix } from './render-mix.ts';
import { mixSecondsAt } from './time-map.ts';

const RATE = 44_100;
const planOf = (clicks: readonly ClickTrack[], options?: MixOptions) =>
  planMix(
    clicks.map(({ track }) => track),
    options,
  );

/** Milliseconds between the clicks of both tracks at each beat of a transition; tracks click on their own side. */
function clickMisses(
  plan: MixPlan,
  clicks: readonly ClickTrack[],
  mix: readonly Float32Array[],
  index: number,
): number[] {
  const { from, to, start, end } = plan.transitions[index]!;
  const misses: number[] = [];
  for (const beat of clicks[to]!.beats) {
    const at = mixSecondsAt(plan.tracks[to]!.timeMap, beat);
    if (at < start + 0.2 || at > end - 0.2) continue;
    const outgoing = clickNear(mix[from % 2]!, at * RATE, RATE);
    const incoming = clickNear(mix[to % 2]!, at * RATE, RATE);
    if (outgoing !== undefined && incoming !== undefined) misses.push(((incoming - outgoing) / RATE) * 1000);
  }
  return misses;
}

const clicksOf = (...bpms: number[]) =>
  bpms.map((bpm, index) => clickTrack({ bpm, seconds: 60, side: (index % 2) as 0 | 1, title: `${index}` }));

/** A tone as a track without a beat. */
function tone(hz: number, seconds: number, amplitude = 0.25, sampleRate = RATE, channels = 2): ClickTrack {
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate),
  );
  const track = {
    id: `${hz}`,
    title: `${hz} Hz`,
    path: '-',
    audioHash: '-',
    seconds,
    analysis: analysisOf({ lufs: -14 }),
  };
  return { track, beats: [], sampleRate, channels: Array.from({ length: channels }, () => samples) };
}

function loudest(samples: Float32Array, from = 0, to = samples.length): number {
  return samples.subarray(from, to).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

describe('renderMix', () => {
  it('gives a single track sample for sample', async () => {
    const [click] = clicksOf(123.4);
    const plan = planOf([click!]);
    const [left, right] = await rendered(plan, [click!]);
    expect(left.length).toBe(60 * RATE);
    for (let i = 0; i < left.length; i++) if (Math.abs(left[i]! - click!.channels[0]![i]!) > 1e-6) expect(i).toBe(-1);
    expect(loudest(right)).toBeLessThan(1e-6);
  });

  it('makes the clicks of both tracks coincide through the transition, and plays the rest at its own tempo', async () => {
    const clicks = clicksOf(124, 129, 122);
    clicks[1] = clickTrack({ bpm: 129, seconds: 60, side: 1, title: '1', sampleRate: 48_000 });
    const plan = planOf(clicks);
    const mix = await rendered(plan, clicks);
    for (const index of [0, 1]) {
      const misses = clickMisses(plan, clicks, mix, index).map(Math.abs);
      expect(misses.length).toBeGreaterThan(12);
      expect(Math.max(...misses)).toBeLessThan(2);
      expect(misses.sort((a, b) => a - b)[misses.length >> 1]).toBeLessThan(1);
    }
    // After the glide, the second track is its samples again.
    const { timeMap } = plan.tracks[1]!;
    const alone = clicks[1]!.beats.filter((beat) => {
      const at = mixSecondsAt(timeMap, beat);
      return at > plan.transitions[0]!.end + 20 && at < plan.transitions[1]!.start - 1;
    });
    expect(alone.length).toBeGreaterThan(4);
    for (const beat of alone) {
      const at = mixSecondsAt(timeMap, beat) * RATE;
      expect(Math.abs(clickNear(mix[1], at, RATE)! - at)).toBeLessThan(22);
    }
  });

  it('follows a track that drifts', async () => {
    const clicks = [
      clickTrack({ bpm: 100, seconds: 70, drift: 0.02, side: 0 }),
      clickTrack({ bpm: 103, seconds: 70, drift: 0.015, offset: 0.3, side: 1 }),
    ];
    const plan = planOf(clicks);
    const misses = clickMisses(plan, clicks, await rendered(plan, clicks), 0).map(Math.abs);
    expect(misses.length).toBeGreaterThan(12);
    expect(misses.sort((a, b) => a - b)[misses.length >> 1]).toBeLessThan(2);
    expect(Math.max(...misses)).toBeLessThan(6);
  });

  it('gives the same bits for any size of block, its own or the decoder’s', async () => {
    const clicks = [
      clickTrack({ bpm: 124, seconds: 20 }),
      clickTrack({ bpm: 127, seconds: 20, sampleRate: 48_000, side: 1 }),
    ];
    const plan = planOf(clicks);
    const reference = await rendered(plan, clicks);
    for (const [blockFrames, decodeFrames] of [
      [1000, 5000],
      [1 << 20, 70_000],
      [777, 600],
    ]) {
      const again = await rendered(plan, clicks, { blockFrames: blockFrames!, decodeFrames: decodeFrames! });
      expect(Buffer.compare(Buffer.from(again[0].buffer), Buffer.from(reference[0].buffer))).toBe(0);
      expect(Buffer.compare(Buffer.from(again[1].buffer), Buffer.from(reference[1].buffer))).toBe(0);
    }
  });

  it('has no jumps: gains move smoothly through fades, and through the mix’s beginning and end', async () => {
    const tones = [tone(150, 15), tone(200, 15), tone(250, 15)];
    const plan = planOf(tones);
    expect(plan.transitions.map(({ kind }) => kind)).toEqual(['fade', 'fade']);
    const [left] = await rendered(plan, tones);
    // A sine of 250 Hz and amplitude 0.25 bends by 0.00032 a sample; two of them, by a little more.
    for (let i = 2; i < left.length; i++) {
      const bend = Math.abs(left[i]! - 2 * left[i - 1]! + left[i - 2]!);
      if (bend > 0.002) expect({ i, bend }).toEqual({});
    }
  });

  it('keeps a fade of even tracks even', async () => {
    const tones = [tone(440, 20), tone(1000, 20)];
    const plan = planOf(tones);
    const [left] = await rendered(plan, tones);
    const rms = (at: number) => Math.hypot(...left.subarray(at, at + 4410)) / Math.sqrt(4410);
    for (let at = 2 * RATE; at < left.length - 3 * RATE; at += 4410)
      expect(20 * Math.log10(rms(at) / (0.25 / Math.SQRT2))).toBeCloseTo(0, 0);
  });

  it('trades the bass between two basses at the swap', async () => {
    const bass = (side: 0 | 1): ClickTrack => {
      const base = clickTrack({ bpm: 120, seconds: 60, side, title: `bass ${side}` });
      const hum = tone(60, 60).channels[0]!;
      const silence = new Float32Array(hum.length);
      return { ...base, track: base.track, beats: base.beats, channels: side === 0 ? [hum, silence] : [silence, hum] };
    };
    const basses = [bass(0), bass(1)];
    const plan = planOf(basses);
    const swap = plan.transitions[0]!.bassSwap!;
    const [left, right] = await rendered(plan, basses);
    const at = (seconds: number) => Math.round(seconds * RATE);
    const before = [at(swap - 1.5), at(swap - 0.6)] as const;
    const after = [at(swap + 0.1), at(swap + 1)] as const;
    expect(loudest(right, ...before) / loudest(left, ...before)).toBeLessThan(0.1);
    expect(loudest(left, ...after) / loudest(right, ...after)).toBeLessThan(0.1);
  });

  it('takes sources of any rate and number of channels', async () => {
    const tones = [tone(440, 6, 0.25, 48_000, 1), tone(660, 6, 0.25, 22_050, 2), tone(880, 6, 0.1, 96_000, 6)];
    const plan = planOf(tones);
    const [left, right] = await rendered(plan, tones);
    const middle = (index: number) => {
      const { start, end } = plan.tracks[index]!;
      const from = Math.round(((start + end) / 2 - 0.5) * RATE);
      return [from, from + RATE] as const;
    };
    const half = Math.SQRT1_2;
    expect(loudest(left, ...middle(0))).toBeCloseTo(0.25 * half, 2);
    expect(loudest(right, ...middle(1))).toBeCloseTo(0.25, 2);
    expect(loudest(left, ...middle(2))).toBeCloseTo(0.1 * (1 + 2 * half), 2);
    const crossings = (index: number) => {
      const [from, to] = middle(index);
      let count = 0;
      for (let i = from + 1; i < to; i++) if (left[i - 1]! < 0 && left[i]! >= 0) count += 1;
      return count;
    };
    expect([crossings(0), crossings(1), crossings(2)].map((count) => Math.round(count / 2) * 2)).toEqual([
      440, 660, 880,
    ]);
  });

  it('keeps true peaks under the ceiling', async () => {
    const loud = [tone(997, 8, 1), tone(1499, 8, 1)];
    const plan = planOf(loud, { targetLufs: -8, ceilingDb: -1 });
    const [left] = await rendered(plan, loud);
    expect(20 * Math.log10(loudest(left))).toBeLessThan(-1);
    expect(20 * Math.log10(loudest(left))).toBeGreaterThan(-1.5);
  });

  it('renders tracks shorter than a transition, and the same track twice', async () => {
    for (const seconds of [0.02, 0.3, 2]) {
      const short = clickTrack({ bpm: 120, seconds });
      const plan = planOf([short, short, short]);
      const [left] = await rendered(plan, [short, short, short]);
      expect(left.every(Number.isFinite)).toBe(true);
    }
  });

  it('opens each track when it comes on and closes it when it has gone, and takes no more memory as it goes', async () => {
    const clicks = Array.from({ length: 12 }, (_, index) =>
      clickTrack({ bpm: 120 + index / 2, seconds: 16, sampleRate: index % 3 === 0 ? 48_000 : RATE, title: `${index}` }),
    );
    // The processor of an effect is made when it is first used: none here.
    const plan = planOf(clicks, { joins: clicks.slice(1).map(() => ({ technique: 'blend' })) });
    const kernels = new Kernels();
    const top = kernels.mark();
    const log = new SourceLog();
    const sizes: number[] = [];
    await rendered(plan, clicks, { kernels, log, onProgress: () => sizes.push(kernels.mark()) });
    expect(log.opened).toEqual(clicks.map((_, index) => index));
    expect(log.closed).toEqual(log.opened);
    expect(log.mostOpen).toBeLessThanOrEqual(2);
    // Decks are made first, and a resampler when its rate is first met, by each deck once.
    const settled = sizes.slice(Math.floor(sizes.length / 3));
    expect(new Set(settled).size).toBe(1);
    expect(kernels.mark()).toBe(top);
  });

  it('plays what a hand wrote: three tracks at once, at half and at double speed', async () => {
    const clicks = clicksOf(120, 120, 120);
    const edited = JSON.parse(JSON.stringify(planOf(clicks))) as { seconds: number; tracks: Record<string, unknown>[] };
    edited.seconds = 20;
    edited.tracks.forEach((track, index) => {
      const start = 2 * index;
      const points = [
        { mix: start, source: 10 },
        { mix: start + 7, source: 13.5 },
        { mix: start + 14, source: 27.5 },
      ];
      Object.assign(track, {
        start,
        end: start + 14,
        cueIn: 10,
        cueOut: 27.5,
        timeMap: points,
        level: [],
        low: [],
        effects: [],
      });
    });
    const plan = parseMixPlan({ ...edited, transitions: [] });
    const [left] = await rendered(plan, clicks);
    // A click each second at half speed, four a second at double.
    for (const at of [1, 2, 3, 7 + 3.5 / 14, 8, 9])
      expect(Math.abs(clickNear(left, at * RATE, RATE)! / RATE - at)).toBeLessThan(0.004);
    expect(loudest(left, 18.5 * RATE)).toBe(0);
  });

  it('tells how far it is', async () => {
    const [click] = clicksOf(120);
    const plan = planOf([click!]);
    const seen: number[] = [];
    await rendered(plan, [click!], { onProgress: ({ seconds }) => seen.push(seconds) });
    expect(seen.at(-1)).toBe(60);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('stops when it is told to, and closes its sources', async () => {
    const clicks = clicksOf(120, 122);
    const plan = planOf(clicks);
    const log = new SourceLog();
    const stop = new AbortController();
    const run = rendered(plan, clicks, {
      log,
      signal: stop.signal,
      onProgress: ({ seconds }) => seconds > 50 && stop.abort(),
    });
    await expect(run).rejects.toThrow(/abort/i);
    expect(log.closed).toEqual(log.opened);
    expect(log.opened.length).toBeGreaterThan(0);
  });

  it('closes its sources when nobody asks for the rest', async () => {
    const clicks = clicksOf(120, 122);
    const log = new SourceLog();
    const open = async (index: number) => sourceOf(clicks[index]!, log, index);
    for await (const block of renderMix(planOf(clicks), open, new Kernels())) if (block.frames > 0) break;
    expect(log.closed).toEqual(log.opened);
  });

  it('refuses a source that is shorter than the plan says', async () => {
    const [click] = clicksOf(120);
    const half: Sound = {
      sampleRate: RATE,
      channels: click!.channels.map((samples) => samples.subarray(0, 30 * RATE)),
    };
    const log = new SourceLog();
    await expect(rendered(planOf([click!]), [half], { log })).rejects.toThrow(
      /"0" ends after 30.00 s, and the plan plays it to 60.00 s: the file is not the one that was planned/,
    );
    expect(log.closed).toEqual(log.opened);
  });

  it('passes on what a source throws, and closes the others', async () => {
    const clicks = clicksOf(120, 122);
    const log = new SourceLog();
    const open = async (index: number) => {
      const source = sourceOf(clicks[index]!, log, index);
      if (index === 0) return source;
      // biome-ignore lint/correctness/useYield: it fails before the first block
      const blocks = async function* () {
        throw new Error('the disk is gone');
      };
      return { ...source, blocks };
    };
    const run = async () => {
      for await (const block of renderMix(planOf(clicks), open, new Kernels())) void block;
    };
    await expect(run()).rejects.toThrow('the disk is gone');
    expect(log.closed.toSorted()).toEqual(log.opened);
  });

  it.each([
    [{ sampleRate: 4000, channels: 2 }, /sample rate of 4000; it must be between 8000 and 192000/],
    [{ sampleRate: RATE, channels: 9 }, /has 9 channels; it must have 1 to 8/],
  ])('refuses a source of %o', async (format, message) => {
    const [click] = clicksOf(120);
    const open = async () => ({ ...sourceOf(click!), format });
    const run = async () => {
      for await (const block of renderMix(planOf([click!]), open, new Kernels())) void block;
    };
    await expect(run()).rejects.toThrow(message);
  });

  it('refuses a plan that is out of range, and blocks of no frames', async () => {
    const [click] = clicksOf(120);
    const plan = planOf([click!]);
    await expect(rendered({ ...plan, seconds: 1 }, [click!])).rejects.toThrow(/must be at most the mix's seconds/);
    await expect(rendered(plan, [click!], { blockFrames: 0 })).rejects.toThrow(/blockFrames is 0/);
  });
});
