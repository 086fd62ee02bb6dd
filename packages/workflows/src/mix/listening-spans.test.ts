import type { MixPlan, MixTransition } from '@tutti/music/mixing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { listeningSpans, MOST_PAGE_FLAC_BYTES } from './listening-spans.ts';

function withTransitions(places: readonly (readonly [start: number, end: number])[], seconds: number): MixPlan {
  const transitions = places.map(
    ([start, end], index) => ({ from: index, to: index + 1, start, end }) as MixTransition,
  );
  return { ...plannedMix(['a']), seconds, transitions };
}

describe('listeningSpans', () => {
  it('takes each transition with some seconds around it, within the mix', () => {
    const { spans, highestRate } = listeningSpans(
      withTransitions(
        [
          [2, 10],
          [100, 130],
        ],
        132,
      ),
    );
    expect(spans.map(({ start, end }) => [start, end])).toEqual([
      [0, 14],
      [96, 132],
    ]);
    expect(highestRate).toBe(48_000);
  });

  it('lowers the rate of many, and then cuts the longest', () => {
    const many = (count: number, seconds: number) =>
      listeningSpans(
        withTransitions(
          Array.from({ length: count }, (_, i) => [100 * i + 10, 100 * i + 10 + (i === 0 ? 2 : seconds)]),
          100 * count,
        ),
      );
    expect(many(19, 30).highestRate).toBe(32_000);
    expect(many(30, 30).highestRate).toBe(24_000);
    const { spans, highestRate } = many(99, 60);
    expect(highestRate).toBe(24_000);
    const lengths = spans.map(({ start, end }) => end - start);
    expect(lengths[0]).toBeCloseTo(10, 6);
    expect(lengths[1]).toBeGreaterThan(10);
    expect(lengths[1]).toBeLessThan(20);
    expect(new Set(lengths.slice(1).map((length) => length.toFixed(6))).size).toBe(1);
  });

  it('never promises more than there is room for, whatever a plan says', () => {
    const place = fc.tuple(
      fc.double({ min: 0, max: 4000, noNaN: true }),
      fc.double({ min: 0, max: 4000, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 120 }),
        fc.double({ min: 1, max: 4000, noNaN: true }),
        (places, seconds) => {
          const sorted = places.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
          const { spans, highestRate } = listeningSpans(withTransitions(sorted, seconds));
          expect(spans).toHaveLength(places.length);
          expect(spans.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(MOST_PAGE_FLAC_BYTES);
          const all = spans.reduce((sum, { start, end }) => sum + (end - start), 0);
          expect(all * Math.min(highestRate, 44_100) * 2).toBeLessThanOrEqual(MOST_PAGE_FLAC_BYTES);
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(-1e-9);
            expect(end).toBeLessThanOrEqual(seconds + 1e-9);
            expect(end).toBeGreaterThanOrEqual(start);
          }
        },
      ),
    );
  });
});
