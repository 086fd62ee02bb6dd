import { describe, expect, it } from 'vitest';
import { boundariesOf, boundaryF } from './boundaries.ts';

const truth = [1, 20, 40, 60];

describe('boundaryF', () => {
  it('begins and ends both alike', () => {
    // Truth 0 1 20 40 60, heard 0 20.4 43 60: within 0.5 s 3 pairs of 5 and 4; within 3 s the 43 and no more.
    const heard = [0, 20.4, 43, 70];
    expect(boundaryF(truth, heard, 0.5)).toBeCloseTo((2 * 3) / (5 + 4), 12);
    expect(boundaryF(truth, heard, 3)).toBeCloseTo((2 * 4) / (5 + 4), 12);
  });

  it('leaves out the ends on request', () => {
    // Truth 1 20 40, heard 20.4 43.
    expect(boundaryF(truth, [0, 20.4, 43, 70], 0.5, true)).toBeCloseTo(2 / 5, 12);
    expect(boundaryF(truth, [0, 60], 0.5, true)).toBe(0);
  });

  it('finds something in a track called one section: its ends', () => {
    expect(boundaryF([0, 30, 60], [0, 60], 0.5)).toBeCloseTo((2 * 2) / (3 + 2), 12);
  });

  it('is 0 where nothing was heard', () => {
    expect(boundaryF(truth, [], 3)).toBe(0);
  });
});

describe('boundariesOf', () => {
  it('lists each time once', () => {
    expect(
      boundariesOf([
        { start: 0, end: 8 },
        { start: 8, end: 20 },
        { start: 21, end: 30 },
      ]),
    ).toEqual([0, 8, 20, 21, 30]);
  });
});
