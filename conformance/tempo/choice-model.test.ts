import { describe, expect, it } from 'vitest';
import { type ChoiceSet, choose, fitChoices } from './choice-model.ts';

/** A generator of numbers from 0 to 1 (Numerical Recipes). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sets in which the right option was drawn by a model. */
function drawn(weights: readonly number[], count: number, optionCount: number): ChoiceSet[] {
  const next = random(7);
  return Array.from({ length: count }, () => {
    const options = Array.from({ length: optionCount }, () => weights.map(() => 4 * next() - 2));
    let left = next();
    const chosen = choose(options, weights).findIndex((probability) => {
      left -= probability;
      return left <= 0;
    });
    return { options, right: options.map((_, i) => i === Math.max(0, chosen)), weight: 1 };
  });
}

describe('fitChoices', () => {
  it('gives the logarithm of the odds when there is nothing else to go by', () => {
    const sets = Array.from({ length: 40 }, (_, i) => ({ options: [[1], [0]], right: [i < 30, i >= 30], weight: 1 }));
    expect(fitChoices(sets, [0])[0]).toBeCloseTo(Math.log(3), 6);
  });

  it('counts a set of twice the weight as two', () => {
    const once = drawn([1, -0.5], 60, 4);
    const twice = once.map((set, i) => ({ ...set, weight: i < 20 ? 2 : 1 }));
    const doubled = [...once.slice(0, 20), ...once];
    // Standardised alike: the deviation is that of the options, which the repetition changes a little.
    fitChoices(twice, [0, 0]).forEach((weight, f) => {
      expect(weight).toBeCloseTo(fitChoices(doubled, [0, 0])[f]!, 5);
    });
  });

  it('finds the model that choices were drawn by', () => {
    const truth = [1.5, -0.7, 0];
    fitChoices(drawn(truth, 4000, 5), [0, 0, 0]).forEach((weight, f) => {
      expect(Math.abs(weight - truth[f]!)).toBeLessThan(0.12);
    });
  });

  it('adds up what is right', () => {
    // Of three options two are right and alike: only their sum is known, so the feature that tells them apart stays at 0.
    const options = [
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const sets = Array.from({ length: 50 }, (_, i) => ({
      options,
      right: i < 40 ? [true, true, false] : [false, false, true],
      weight: 1,
    }));
    const found = choose(options, fitChoices(sets, [0, 1]));
    expect(found[0]! + found[1]!).toBeCloseTo(0.8, 3);
  });

  it('stays near 0 under a strong ridge', () => {
    for (const weight of fitChoices(drawn([2, 2], 100, 3), [1e6, 1e6])) expect(Math.abs(weight)).toBeLessThan(1e-3);
  });
});
