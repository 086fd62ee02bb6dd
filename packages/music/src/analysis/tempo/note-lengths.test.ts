import { describe, expect, it } from 'vitest';
import { longestAt, noteLengths } from './note-lengths.ts';

const FRAME_RATE = 100;

function onsetsAt(frames: number, places: readonly (readonly [frame: number, height: number])[]): Float32Array {
  const curve = new Float32Array(frames);
  for (const [frame, height] of places) curve[frame] = height;
  return curve;
}

describe('noteLengths', () => {
  it('is the time to the next onset that is half as strong', () => {
    const curve = onsetsAt(300, [
      [10, 4],
      [40, 1.9],
      [90, 2],
      [120, 5],
    ]);
    expect(noteLengths(curve, FRAME_RATE)).toEqual([
      { frame: 10, seconds: 0.8 },
      { frame: 40, seconds: 0.5 },
      { frame: 90, seconds: 0.3 },
      { frame: 120, seconds: 1.8 },
    ]);
  });

  it('does not depend on how strong the onsets are in all', () => {
    const places = [
      [10, 4],
      [40, 1.9],
      [90, 2],
    ] as const;
    const louder = places.map(([frame, height]) => [frame, 3 * height] as const);
    expect(noteLengths(onsetsAt(200, louder), FRAME_RATE)).toEqual(noteLengths(onsetsAt(200, places), FRAME_RATE));
  });

  it('ends at three seconds, and takes no ripple of an attack for the next note', () => {
    const curve = onsetsAt(1000, [
      [10, 4],
      [13, 3.5],
      [700, 4],
    ]);
    expect(noteLengths(curve, FRAME_RATE)).toEqual([
      { frame: 10, seconds: 3 },
      { frame: 13, seconds: 3 },
      { frame: 700, seconds: 3 },
    ]);
  });

  it('finds none in silence', () => {
    expect(noteLengths(new Float32Array(100), FRAME_RATE)).toEqual([]);
  });
});

describe('longestAt', () => {
  it('takes the longest note near each moment, and none as the shortest', () => {
    const lengths = [
      { frame: 10, seconds: 0.2 },
      { frame: 13, seconds: 0.5 },
      { frame: 50, seconds: 1 },
    ];
    const logs = longestAt(lengths, Float64Array.of(12, 30, 53), 3);
    expect(Array.from(logs, (value) => Math.exp(value))).toEqual([0.55, 0.05, 1.05].map((x) => expect.closeTo(x, 9)));
  });
});
