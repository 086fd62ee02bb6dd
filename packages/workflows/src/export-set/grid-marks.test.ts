import { type BeatGrid, beatGridOf } from '@tutti/music/mixing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridMarks } from './grid-marks.ts';

const METER = 4;
const ROUNDING = { decimals: 2, onlyOnBars: false };
const EXACT = { decimals: 6, onlyOnBars: false };

/** The grid of a track whose tempo at a moment is told by a function. */
function gridOf(bpmAt: (seconds: number) => number, seconds: number, offset = 0.1): BeatGrid {
  const beats: number[] = [];
  for (let at = offset; at < seconds; at += 60 / bpmAt(at)) beats.push(at);
  const downbeats = beats.filter((_, i) => i % METER === 1);
  const bpm = bpmAt(0);
  return beatGridOf(
    {
      tempo: { bpm, confidence: 1, kind: 'drifting', candidates: [{ bpm, weight: 1 }], beats, downbeats, meter: METER },
      structure: { sections: [], phrases: [], introEnd: null, outroStart: null, cues: [] },
    },
    seconds,
  )!;
}

/** The beat of the marks nearest to each beat of the grid that lies in the track, in seconds off, worst of all. */
function worst(grid: BeatGrid, marks: ReturnType<typeof gridMarks>, seconds: number): number {
  let most = 0;
  for (const time of grid.beats) {
    if (time < marks[0]!.seconds - 1e-9 || time > seconds) continue;
    const mark = marks.findLast((each) => each.seconds <= time + 1e-9)!;
    const beats = ((time - mark.seconds) * mark.bpm) / 60;
    most = Math.max(most, (Math.abs(beats - Math.round(beats)) * 60) / mark.bpm);
  }
  return most;
}

describe('marks of a grid', () => {
  it.each([128, 127.5, 174.01])('are one for a steady track at %d BPM, at that tempo, on its first downbeat', (bpm) => {
    const marks = gridMarks(
      gridOf(() => bpm, 300),
      300,
      ROUNDING,
    );
    expect(marks).toHaveLength(1);
    // The first downbeat of the track is its second beat; the bar before it begins before the track.
    expect(marks[0]!.seconds).toBeCloseTo(0.1 + 60 / bpm, 4);
    expect(marks[0]).toMatchObject({ bpm, meter: METER, beat: 1 });
  });

  it('are few where the tempo is no hundredth, and one where it need not be', () => {
    const grid = gridOf(() => 123.456_789, 300);
    expect(gridMarks(grid, 300, EXACT)).toHaveLength(1);
    const rounded = gridMarks(grid, 300, ROUNDING);
    expect(rounded.length).toBeGreaterThan(1);
    expect(rounded.length).toBeLessThan(10);
    expect(rounded.every(({ bpm }) => Number(bpm.toFixed(2)) === bpm)).toBe(true);
  });

  it('are where the tempo changes', () => {
    const grid = gridOf((at) => (at < 100 ? 100 : 120), 200);
    const marks = gridMarks(grid, 200, ROUNDING);
    expect(worst(grid, marks, 200)).toBeLessThan(0.0031);
    expect(marks[0]!.bpm).toBe(100);
    expect(marks.at(-1)!.bpm).toBe(120);
    expect(marks.length).toBeLessThan(12);
  });

  it('hold every beat within 3 ms, steady or drifting, and number the beats of bars', () => {
    const arbitrary = fc.record({
      bpm: fc.double({ min: 60, max: 190, noNaN: true }),
      drift: fc.double({ min: 0, max: 0.15, noNaN: true }),
      period: fc.double({ min: 5, max: 100, noNaN: true }),
      decimals: fc.constantFrom(2, 6),
    });
    fc.assert(
      fc.property(arbitrary, ({ bpm, drift, period, decimals }) => {
        const grid = gridOf((at) => bpm * (1 + drift * Math.sin((2 * Math.PI * at) / period)), 60);
        const marks = gridMarks(grid, 60, { decimals, onlyOnBars: false });
        expect(worst(grid, marks, 60)).toBeLessThan(0.0031);
        for (const mark of marks) {
          const beat = grid.beats.findIndex((time) => Math.abs(time - mark.seconds) < 1e-9);
          const bar = grid.barStarts.findLast((start) => start <= beat)!;
          expect(mark.beat).toBe(beat - bar + 1);
        }
      }),
    );
  });

  it('are all on first beats of bars for a program that counts from them', () => {
    const grid = gridOf((at) => 120 * (1 + 0.06 * Math.sin(at)), 60);
    expect(gridMarks(grid, 60, EXACT).some(({ beat }) => beat > 1)).toBe(true);
    const marks = gridMarks(grid, 60, { decimals: 6, onlyOnBars: true });
    expect(marks.every(({ beat }) => beat === 1)).toBe(true);
    for (const { seconds } of marks) expect(grid.barStarts.map((bar) => grid.beats[bar])).toContain(seconds);
    // A curve is off its chord by up to length² / 8 times its bend: here (2 s)² / 8 * 0.06 / s.
    expect(worst(grid, marks, 60)).toBeLessThan(0.03);
  });
});
