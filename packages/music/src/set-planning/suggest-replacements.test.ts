import { describe, expect, it } from 'vitest';
import { makeCrate } from '../testing/crates.ts';
import { planSet } from './plan-set.ts';
import { suggestReplacements } from './suggest-replacements.ts';

describe('suggestReplacements', () => {
  const crate = makeCrate(40, 3);
  const set = crate.slice(0, 6);
  const pool = crate.slice(3);

  it('ranks free tracks by what a set in that order would cost with them', () => {
    for (const index of [0, 2, 5]) {
      const costWith = (id: string) => {
        const order = set.map((track, at) => (at === index ? crate.find((other) => other.id === id)! : track));
        const { pairs } = planSet(order, { seed: 1, keepOrder: true });
        return pairs.reduce((sum, { cost }) => sum + cost.total, 0);
      };
      const found = suggestReplacements(set, index, pool, { most: 5 });
      expect(found).toHaveLength(5);
      const best = crate
        .slice(6)
        .map(({ id }) => costWith(id))
        .sort((a, b) => a - b);
      found.forEach(({ id, gain, before, after, reason }, place) => {
        expect(costWith(id)).toBeCloseTo(best[place]!, 9);
        expect(gain).toBeCloseTo(costWith(set[index]!.id) - costWith(id), 9);
        expect([before === null, after === null]).toEqual([index === 0, index === 5]);
        expect(reason).toMatch(/costs \d\.\d\d points/);
      });
    }
  });

  it('offers neither what is in the set nor a copy of it', () => {
    const copy = { ...set[1]!, id: 'copy', sound: 'the same' };
    const withSound = set.map((track, at) => (at === 1 ? { ...track, sound: 'the same' } : track));
    expect(suggestReplacements(withSound, 2, [...set, copy])).toEqual([]);
  });

  it('replaces the only track of a set, and refuses a place that is none', () => {
    expect(suggestReplacements([set[0]!], 0, pool).map(({ cost }) => cost)).toEqual(Array(10).fill(0));
    expect(() => suggestReplacements(set, 6, pool)).toThrow(/track 6 cannot be replaced: the set has tracks 0 to 5/);
  });
});
