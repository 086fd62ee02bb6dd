import { describe, expect, it } from 'vitest';
import { seededRandom } from '../set-planning/seeded-random.ts';
import { analysisOf } from '../testing/analysis-of.ts';
import { type ClickTrackOptions, clickTrack } from '../testing/click-track.ts';
import { beatGridOf, nearestBeat } from './beat-grid.ts';

/** Error in seconds: even between -1 and 1 times `size`. */
function jitter(size: number, seed = 1): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 2000 }, () => size * (2 * random() - 1));
}

/** How far the grid is from the true beats, seconds, worst of all. */
function worst(options: ClickTrackOptions): number {
  const { track, beats } = clickTrack(options);
  const grid = beatGridOf(track.analysis, options.seconds)!;
  return Math.max(...beats.map((time) => Math.abs(grid.beats[nearestBeat(grid.beats, time)]! - time)));
}

describe('beatGridOf', () => {
  it('is exact for exact beats', () => {
    expect(worst({ bpm: 123.7, seconds: 240, offset: 0.4 })).toBeLessThan(1e-6);
  });

  it('takes the jitter of a beat tracker out of a steady tempo', () => {
    expect(worst({ bpm: 128, seconds: 240, jitter: jitter(0.012) })).toBeLessThan(0.003);
  });

  it('follows a player, jitter or not', () => {
    expect(worst({ bpm: 100, seconds: 200, drift: 0.03 })).toBeLessThan(0.005);
    expect(worst({ bpm: 100, seconds: 200, drift: 0.03, jitter: jitter(0.008) })).toBeLessThan(0.009);
  });

  it('is not bent by a few beats that are wrong', () => {
    const errors = jitter(0);
    for (const beat of [40, 41, 100, 250]) errors[beat] = 0.06;
    const { track, beats } = clickTrack({ bpm: 120, seconds: 180, jitter: errors });
    const grid = beatGridOf(track.analysis, 180)!;
    for (const time of beats) expect(Math.abs(grid.beats[nearestBeat(grid.beats, time)]! - time)).toBeLessThan(0.002);
  });

  it('fills beats that were missed and drops those heard twice', () => {
    const { track, beats } = clickTrack({ bpm: 120, seconds: 120 });
    const heard = beats.filter((_, i) => i % 17 !== 5 && (i < 60 || i > 67));
    const doubled = [...heard, beats[30]! + 0.03].sort((a, b) => a - b);
    const analysis = { ...track.analysis, tempo: { ...track.analysis.tempo, beats: doubled } };
    const grid = beatGridOf(analysis, 120)!;
    for (let i = 1; i < grid.beats.length; i++) expect(grid.beats[i]! - grid.beats[i - 1]!).toBeCloseTo(0.5, 2);
  });

  it('reaches over the whole track and counts bars through', () => {
    const { track } = clickTrack({ bpm: 120, seconds: 100, offset: 4, meter: 3 });
    const grid = beatGridOf(track.analysis, 100)!;
    expect(grid.beats[0]).toBeLessThanOrEqual(0);
    expect(grid.beats.at(-1)).toBeGreaterThanOrEqual(100);
    const starts = grid.barStarts.map((beat) => grid.beats[beat]!);
    for (const start of starts) {
      const bars = (start - 4) / 1.5;
      expect(bars).toBeCloseTo(Math.round(bars), 6);
    }
    expect(starts[0]).toBeLessThan(1.5);
    for (const beat of grid.phraseStarts) expect(grid.barStarts).toContain(beat);
  });

  it('outvotes single downbeats that are wrong, and follows a bar that is really short', () => {
    const { track, beats } = clickTrack({ bpm: 120, seconds: 120 });
    const wrong = track.analysis.tempo.downbeats.map((time, i) => (i % 9 === 4 ? time + 1 : time));
    const outvoted = beatGridOf({ ...track.analysis, tempo: { ...track.analysis.tempo, downbeats: wrong } }, 120)!;
    expect(new Set(outvoted.barStarts.map((beat) => beat % 4)).size).toBe(1);
    const moved = beats.filter((_, i) => (i < 122 ? i % 4 === 0 : i % 4 === 2));
    const short = beatGridOf({ ...track.analysis, tempo: { ...track.analysis.tempo, downbeats: moved } }, 120)!;
    const index = (time: number) => short.barStarts.includes(nearestBeat(short.beats, time));
    expect([index(beats[116]!), index(beats[120]!), index(beats[122]!), index(beats[126]!)]).toEqual(
      Array(4).fill(true),
    );
  });

  it('is none without a tempo or with a handful of beats', () => {
    expect(beatGridOf(analysisOf({}), 60)).toBeNull();
    expect(beatGridOf(analysisOf({ bpm: 120, beats: [0, 0.5, 1] }), 60)).toBeNull();
  });

  it('lays bars of four where no downbeats are known, and says that they are not known', () => {
    const { track } = clickTrack({ bpm: 120, seconds: 60, offset: 0.25 });
    const tempo = { ...track.analysis.tempo, downbeats: [], meter: null };
    const grid = beatGridOf({ ...track.analysis, tempo }, 60)!;
    expect(grid.barsKnown).toBe(false);
    expect(grid.beats[grid.barStarts.find((beat) => grid.beats[beat]! > 0)!]).toBeCloseTo(0.25, 6);
  });
});
