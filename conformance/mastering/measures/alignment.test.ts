import { describe, expect, it } from 'vitest';
import { lagFrames } from './alignment.ts';

describe('lagFrames', () => {
  const input = Float64Array.from({ length: 30_000 }, (_, i) => Math.sin(0.0001 * i * i) * Math.exp(-i / 20_000));

  it.each([0, 1, 17, 1500, -1, -240])('finds a delay of %i frames, whatever the gain', (lag) => {
    const output = Float64Array.from(input, (_, i) => 0.3 * (input[i - lag] ?? 0));
    expect(lagFrames(input, output, 8000)).toBe(lag);
  });
});
