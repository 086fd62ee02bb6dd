import { describe, expect, it } from 'vitest';
import { medianDistance, neighbourScore } from './nearest.ts';

const items = [0, 1, 10, 11, 30].map((place, i) => ({ id: `${i}`, values: [place, 0], label: 'aabbc'[i]! }));

describe('neighbourScore', () => {
  it('counts items whose nearest has their label, against chance', () => {
    expect(neighbourScore(items, ({ label }) => label)).toEqual({ right: 1, chance: 1 / 4, count: 4 });
  });

  it('compares only those that may match', () => {
    const apart = neighbourScore(
      items,
      ({ label }) => (label === 'c' ? 'b' : label),
      (a, b) => !(a.id === '2' && b.id === '3') && !(a.id === '3' && b.id === '2'),
    );
    expect(apart).toEqual({ right: 3 / 5, chance: (1 / 4 + 1 / 4 + 1 / 3 + 1 / 3 + 2 / 4) / 5, count: 5 });
  });

  it('knows the median of all distances', () => {
    expect(medianDistance(items)).toBe(11);
  });
});
