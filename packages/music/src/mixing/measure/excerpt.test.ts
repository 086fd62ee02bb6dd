import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clickTrack } from '../../testing/click-track.ts';
import { rendered, sourceOf } from '../../testing/mix-rendering.ts';
import { parseMixPlan } from '../parse-mix-plan.ts';
import { planMix } from '../plan-mix.ts';
import type { MixPlan } from '../plan-schema.ts';
import { excerptOf } from './excerpt.ts';
import { transitionOffset } from './transition-offset.ts';

const RATE = 44_100;
const clicks = [124, 129, 122].map((bpm, index) =>
  clickTrack({ bpm, seconds: 60, side: (index % 2) as 0 | 1, title: `${index}` }),
);
const plan = planMix(clicks.map(({ track }) => track));

function peaksOf(samples: Float32Array): number[] {
  const peaks: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    if (Math.abs(samples[i]!) < 0.1) continue;
    peaks.push(i / RATE);
    i += RATE / 20;
  }
  return peaks;
}

describe('excerptOf', () => {
  it('is a plan that the renderer takes, and plays what the whole plays there', async () => {
    const { start, end } = plan.transitions[1]!;
    const [from, to] = [start - 3.3, end + 2.1];
    const { plan: part, tracks } = excerptOf(plan, from, to)!;
    expect(tracks).toEqual([1, 2]);
    expect(parseMixPlan(part)).toEqual(part);
    const whole = await rendered(plan, clicks);
    const heard = await rendered(part, [clicks[1]!, clicks[2]!]);
    for (const side of [0, 1]) {
      const there = peaksOf(whole[side]!.subarray(Math.round(from * RATE), Math.round(to * RATE)));
      const here = peaksOf(heard[side]!);
      expect(there.length).toBeGreaterThan(5);
      // The first click may be cut by the border.
      const near = here.filter((at) => there.some((other) => Math.abs(other - at) < 0.002));
      expect(near.length).toBeGreaterThanOrEqual(there.length - 1);
    }
  });

  it('plays sample for sample what is not stretched', async () => {
    const straight = planMix([clicks[0]!.track]);
    const [left] = await rendered(straight, [clicks[0]!]);
    const part = excerptOf(straight, 10, 20)!.plan;
    const [heard] = await rendered(part, [clicks[0]!]);
    expect(heard.length).toBe(10 * RATE);
    let worst = 0;
    for (let i = 0; i < heard.length; i++) worst = Math.max(worst, Math.abs(heard[i]! - left[10 * RATE + i]!));
    expect(worst).toBeLessThan(1e-6);
  });

  it('plays effects as the whole does, from what they heard before', async () => {
    const straight = planMix([clicks[0]!.track]);
    const echo = { lowCutHz: 20, highCutHz: 19_000, send: 1, wet: 0.5 };
    const effects: MixPlan['tracks'][number]['effects'] = [
      { kind: 'gater', start: 4, end: 12, periodSeconds: 0.7, duty: 0.5, edgeSeconds: 0.01, depth: 1 },
      { kind: 'echo', start: 8, end: 30, seconds: 0.37, feedback: 0.8, ...echo },
      {
        ...{ kind: 'low-pass', start: 9, end: 25, resonanceDb: 0 },
        cutoffHz: [
          { at: 5, value: 400 },
          { at: 30, value: 8000 },
        ],
      },
      { kind: 'roll', start: 26, end: 29, seconds: 0.5 },
    ];
    const plan = { ...straight, tracks: [{ ...straight.tracks[0]!, effects }] };
    const [whole] = await rendered(plan, [clicks[0]!]);
    for (const [from, to] of [
      [10, 20],
      [27, 28],
      [31, 33],
    ] as const) {
      const part = excerptOf(plan, from, to)!;
      expect(parseMixPlan(part.plan)).toEqual(part.plan);
      const lead = Math.round(part.leadSeconds * RATE);
      const heard = (await rendered(part.plan, [clicks[0]!]))[0].subarray(lead);
      expect(heard.length).toBe((to - from) * RATE);
      let worst = 0;
      // An echo that is cut off with the part goes within 10 ms.
      for (let i = 0; i < heard.length - 0.011 * RATE; i++)
        worst = Math.max(worst, Math.abs(heard[i]! - whole[from * RATE + i]!));
      expect(worst, `${from} to ${to}`).toBeLessThan(1e-4);
    }
    expect(excerptOf(plan, 31, 33)!.leadSeconds).toBe(0);
    expect(excerptOf(plan, 10, 20)!.leadSeconds).toBeCloseTo(6, 1);
  });

  it('goes on with the gains where they are', () => {
    const faded: MixPlan = {
      ...plan,
      tracks: [
        {
          ...plan.tracks[0]!,
          level: [
            { at: 0, gain: 0 },
            { at: 10, gain: 1 },
            { at: 20, gain: 0.5 },
          ],
        },
      ],
      transitions: [],
    };
    const [track] = excerptOf(faded, 5, 15)!.plan.tracks;
    expect(track!.level).toEqual([
      { at: 0, gain: 0.5 },
      { at: 5, gain: 1 },
      { at: 15, gain: 0.5 },
    ]);
  });

  it('stays within the mix, leaves out whom it is told to, and is nothing where nothing is heard', () => {
    expect(excerptOf(plan, -5, 1e6)!.plan.seconds).toBeCloseTo(plan.seconds, 4);
    expect(excerptOf(plan, 0, plan.seconds, (index) => index === 2)!.tracks).toEqual([2]);
    expect(excerptOf(plan, 0, 1, (index) => index === 2)).toBeNull();
  });
});

describe('transitionOffset', () => {
  const open = async (index: number) => sourceOf(clicks[index]!);

  it('is none for beats that lie on each other', async () => {
    for (const transition of plan.transitions) {
      expect(transition.kind).toBe('beat-matched');
      const offset = await transitionOffset(plan, transition, open, new Kernels());
      expect(offset!.clear).toBe(true);
      expect(Math.abs(offset!.milliseconds)).toBeLessThanOrEqual(2);
    }
  });

  it.each([12, -20])('finds beats that were moved by %d ms', async (milliseconds) => {
    const moved: MixPlan = {
      ...plan,
      tracks: plan.tracks.map((track, index) =>
        index === 1
          ? { ...track, timeMap: track.timeMap.map(({ mix, source }) => ({ mix: mix + milliseconds / 1000, source })) }
          : track,
      ),
    };
    const offset = await transitionOffset(moved, plan.transitions[0]!, open, new Kernels());
    expect(offset!.clear).toBe(true);
    expect(offset!.milliseconds).toBeGreaterThanOrEqual(milliseconds - 3);
    expect(offset!.milliseconds).toBeLessThanOrEqual(milliseconds + 3);
  });

  it('is not asked of a cut', async () => {
    const cut = { ...plan.transitions[0]!, kind: 'cut' as const };
    expect(await transitionOffset(plan, cut, open, new Kernels())).toBeNull();
  });
});
