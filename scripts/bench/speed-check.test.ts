import { describe, expect, it } from 'vitest';
import { LIMIT, slowdowns } from './speed-check.ts';

describe('slowdowns', () => {
  const baseline = { fft: 10, tempo: 0.004, key: 2 };

  it('finds what takes twice as long, the slowest first', () => {
    expect(slowdowns({ fft: 5, tempo: 0.001, key: 2 }, baseline)).toEqual([
      { name: 'tempo', factor: 4 },
      { name: 'fft', factor: 2 },
    ]);
  });

  it('lets pass what is faster, a little slower, or new', () => {
    expect(slowdowns({ fft: 30, tempo: (0.004 / LIMIT) * 1.01, another: 1e-9 }, baseline)).toEqual([]);
  });
});
