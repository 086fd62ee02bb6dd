import { describe, expect, it } from 'vitest';
import { countOnsets } from './onset-count.ts';

function curve(frames: number, peaks: readonly (readonly [frame: number, height: number])[]): Float32Array {
  const values = new Float32Array(frames);
  for (const [frame, height] of peaks) {
    values[frame - 1] = Math.max(values[frame - 1]!, 0.4 * height);
    values[frame] = height;
    values[frame + 1] = Math.max(values[frame + 1]!, 0.4 * height);
  }
  return values;
}

describe('countOnsets', () => {
  it('counts every peak that is far enough from the others', () => {
    const peaks = Array.from({ length: 20 }, (_, i) => [20 + 12 * i, 0.2 + 0.02 * i] as const);
    expect(countOnsets(curve(300, peaks))).toBe(20);
  });

  it('counts two within 30 ms as one', () => {
    expect(
      countOnsets(
        curve(100, [
          [50, 0.5],
          [53, 0.4],
        ]),
      ),
    ).toBe(1);
    expect(
      countOnsets(
        curve(100, [
          [50, 0.5],
          [57, 0.4],
        ]),
      ),
    ).toBe(2);
  });

  it('counts a plateau once', () => {
    expect(countOnsets(new Float32Array(60).fill(0.6, 30, 33))).toBe(1);
  });

  it('sees nothing in what stays or hardly moves', () => {
    expect(countOnsets(new Float32Array(0))).toBe(0);
    expect(countOnsets(new Float32Array(500).fill(0.4))).toBe(0);
    expect(countOnsets(Float32Array.from({ length: 500 }, (_, i) => 0.03 + 0.02 * Math.sin(i)))).toBe(0);
  });
});
