import { describe, expect, it } from 'vitest';
import { planSet, setTrackOf } from '../set-planning/index.ts';
import { analysisOf } from '../testing/analysis-of.ts';
import { type ClickTrackOptions, clickTrack } from '../testing/click-track.ts';
import { rendered } from '../testing/mix-rendering.ts';
import { gainAt } from './automation.ts';
import type { MixableTrack } from './mix-track.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import { type MixOptions, planMix } from './plan-mix.ts';

const song = (options: Partial<ClickTrackOptions> & { bpm: number }) => clickTrack({ seconds: 120, ...options });
const plan = (tracks: readonly MixableTrack[], options?: MixOptions) =>
  parseMixPlan(JSON.parse(JSON.stringify(planMix(tracks, options))));

describe('a mix of', () => {
  it('one track is that track', () => {
    const { tracks, transitions, seconds } = plan([song({ bpm: 120 }).track]);
    expect(transitions).toEqual([]);
    expect(tracks).toHaveLength(1);
    expect(seconds).toBeCloseTo(120, 3);
  });

  it('two copies of one track plays it twice, and says that there is nothing to stretch', () => {
    const { track } = song({ bpm: 120 });
    const { tracks, transitions } = plan([track, track]);
    expect(tracks.map(({ audioHash }) => audioHash)).toEqual([track.audioHash, track.audioHash]);
    expect(transitions[0]!.reason).toMatch(/incoming speed 0.0 %/);
  });

  it('tracks shorter than any transition gives each its turn, to the sample', async () => {
    const clicks = [0.05, 0.4, 1.5, 4, 0.2].map((seconds) => song({ bpm: 120, seconds }));
    const mix = plan(clicks.map(({ track }) => track));
    mix.transitions.forEach(({ start, end }, index) => {
      expect(end).toBeGreaterThan(start);
      expect(start).toBeGreaterThan(mix.transitions[index - 1]?.end ?? 0);
    });
    const [left] = await rendered(mix, clicks);
    expect(left.every(Number.isFinite)).toBe(true);
  });

  it('tracks without a common tempo hands over, and says by how much they are apart', () => {
    const { transitions, warnings } = plan([60, 85, 110, 143].map((bpm) => song({ bpm }).track));
    for (const { kind, reason } of transitions) {
      expect(kind).not.toBe('beat-matched');
      expect(reason).toMatch(/would be stretched by .* %/);
    }
    expect(warnings).toEqual([]);
    const held = plan(
      [60, 85, 143].map((bpm) => song({ bpm }).track),
      { tempo: 100 },
    );
    expect(held.warnings).toHaveLength(3);
  });

  it('tracks of which no key is known shifts none, and counts no clash', () => {
    const facts = { key: null };
    const { tracks, transitions } = plan([song({ bpm: 120, facts }).track, song({ bpm: 121, facts }).track]);
    expect(tracks.map(({ keyShift, camelot }) => [keyShift, camelot])).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(transitions[0]!.reason).not.toMatch(/key/);
  });

  it('tracks with silence in the middle, or nothing else, leaves no track out and divides by nothing', async () => {
    const silent = (from: number, to: number) =>
      Array.from({ length: 240 }, (_, i) => (i / 2 >= from && i / 2 < to ? null : -14));
    const hole = song({ bpm: 120, facts: { halfSecondLufs: silent(40, 80) } });
    const quietEnd = song({ bpm: 121, facts: { halfSecondLufs: silent(70, 120) } });
    const nothing = { ...song({ bpm: 99 }), track: { ...song({ bpm: 99 }).track, analysis: analysisOf({}) } };
    const clicks = [hole, quietEnd, nothing, hole];
    const mix = plan(clicks.map(({ track }) => track));
    expect(mix.tracks).toHaveLength(4);
    // The end that is silent is not waited for.
    expect(mix.tracks[1]!.cueOut).toBeLessThan(85);
    for (const { level } of mix.tracks) for (const { gain } of level) expect(Number.isFinite(gain)).toBe(true);
    const { start, end } = mix.tracks[0]!;
    for (let at = start + 1; at < Math.min(end, mix.transitions[0]!.start); at += 1)
      expect(gainAt(mix.tracks[0]!.level, at)).toBeGreaterThan(0.4);
    const [left] = await rendered(mix, clicks);
    expect(left.every(Number.isFinite)).toBe(true);
  });
});

describe('a set that is to be longer than the music', () => {
  it('is all of the music, and says so', () => {
    const tracks = [120, 121, 122].map((bpm) => song({ bpm }).track);
    const set = planSet(tracks.map(setTrackOf), { lengthSeconds: 3600, seed: 1 });
    expect(set.tracks).toHaveLength(3);
    expect(set.warnings.join()).toMatch(/less than the .* asked for: every track is used/);
    const order = set.tracks.map(({ id }) => tracks.find((track) => track.id === id)!);
    expect(plan(order).seconds).toBeLessThan(360);
  });
});

describe('a plan that was edited into nonsense', () => {
  const clicks = [song({ bpm: 120 }), song({ bpm: 121 }), song({ bpm: 140 })];
  const edited = (edit: (json: ReturnType<typeof plan>) => object) => {
    const mix = plan(clicks.map(({ track }) => track));
    return () => parseMixPlan(JSON.parse(JSON.stringify({ ...mix, ...edit(mix) })));
  };
  const transition = (change: object) =>
    edited(({ transitions }) => ({ transitions: [{ ...transitions[0], ...change }] }));

  it.each<[string, () => unknown, RegExp]>([
    [
      'a technique that is none',
      transition({ technique: 'scratch' }),
      /transitions\[0\].technique is "scratch"; it must be one of blend/,
    ],
    ['a score above 1', transition({ score: 3 }), /transitions\[0\].score is 3; it must be between 0 and 1/],
    [
      'phrases of words',
      transition({ phrases: { out: 'yes', incoming: true } }),
      /transitions\[0\].phrases.out is "yes"/,
    ],
    [
      'too many alternatives',
      transition({ alternatives: Array(6).fill({ technique: 'cut', bars: 0, start: 1, score: 0.5, reason: '' }) }),
      /transitions\[0\].alternatives is .*; it must have at most 5/,
    ],
    ['a tempo that stands still', edited(() => ({ tempo: [{ at: 0, value: 0 }] })), /tempo/],
    ['a plan of nothing', () => parseMixPlan(null), /mix plan: the plan is null/],
  ])('with %s is refused by its field', (_, parse, message) => {
    expect(parse).toThrow(message);
  });
});
