import { describe, expect, it } from 'vitest';
import { ratioByRound, spreadOf } from './spread.ts';

describe('spreadOf', () => {
  it('gives the middle of an odd number of values and between the middle two of an even one', () => {
    expect(spreadOf([3, 1, 20])).toEqual({ median: 3, least: 1, most: 20 });
    expect(spreadOf([4, 1, 2, 30])).toEqual({ median: 3, least: 1, most: 30 });
  });
});

describe('ratioByRound', () => {
  it('is not moved by a round in which everything took longer', () => {
    expect(ratioByRound([2, 8, 2], [1, 4, 1])).toEqual({ median: 2, least: 2, most: 2 });
  });
});
