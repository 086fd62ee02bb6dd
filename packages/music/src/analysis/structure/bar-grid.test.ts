import { describe, expect, it } from 'vitest';
import { analysisOf } from '../../testing/analysis-of.ts';
import { barGridOf } from './bar-grid.ts';

const RATE = 100;

/** A track of which only the power of each moment is known: 1 where it sounds. */
function soundingFrom(from: number, to: number, seconds: number) {
  const frames = seconds * RATE;
  const mid = Float32Array.from({ length: frames }, (_, i) => (i >= from * RATE && i < to * RATE ? 1 : 0));
  const nothing = new Float32Array(frames);
  return { frameRate: RATE, frames, bandEnergies: { low: nothing, mid, high: nothing } };
}

/** Bars of two seconds. */
function tempoWith(first: number, count: number) {
  const downbeats = Array.from({ length: count }, (_, i) => first + 2 * i);
  return analysisOf({ bpm: 120, beats: downbeats, downbeats }).tempo;
}

describe('barGridOf', () => {
  it('carries the bars on to both ends of the sound', () => {
    const { starts, musical } = barGridOf(soundingFrom(0, 60, 60), tempoWith(20, 6));
    expect(musical).toBe(true);
    expect(starts).toEqual(Array.from({ length: 31 }, (_, i) => 2 * i));
  });

  it('lays no bars over silence', () => {
    const grid = barGridOf(soundingFrom(10, 50, 60), tempoWith(20, 6));
    expect(grid.starts[0]).toBe(10);
    expect(grid.starts.at(-1)).toBe(50);
    expect(grid).toMatchObject({ soundStart: 10, soundEnd: 50 });
    expect(barGridOf(soundingFrom(24, 50, 60), tempoWith(20, 8)).starts[0]).toBe(24);
  });

  it('keeps a part of a bar at an end out', () => {
    const { starts } = barGridOf(soundingFrom(0, 41, 41), tempoWith(1, 12));
    expect(starts[0]).toBe(1);
    expect(starts.at(-1)).toBe(41);
    expect(barGridOf(soundingFrom(0, 40, 40), tempoWith(1, 12)).starts.at(-1)).toBe(39);
  });

  it('cuts a track without beats every two seconds', () => {
    const grid = barGridOf(soundingFrom(1, 12, 20), analysisOf({}).tempo);
    expect(grid).toMatchObject({ starts: [1, 3, 5, 7, 9, 11], musical: false, soundStart: 1, soundEnd: 12 });
  });

  it('takes all of a silence where nothing sounds', () => {
    expect(barGridOf(soundingFrom(0, 0, 20), analysisOf({}).tempo)).toMatchObject({ soundStart: 0, soundEnd: 20 });
  });
});
