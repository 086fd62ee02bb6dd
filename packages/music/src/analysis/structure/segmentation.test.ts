import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarDirections } from './likeness.ts';
import { segment } from './segmentation.ts';

const DIMENSIONS = 12;

/** Bars that are one letter each, equal letters alike and different ones at right angles. */
function barsOf(letters: string): BarDirections {
  const values = new Float32Array(letters.length * DIMENSIONS);
  [...letters].forEach((letter, bar) => {
    values[bar * DIMENSIONS + letter.charCodeAt(0) - 65] = 1;
  });
  return { bars: letters.length, dimensions: DIMENSIONS, values };
}

const bordersOf = (letters: string, counted = true) => segment(barsOf(letters), counted).borders.map(({ bar }) => bar);

/** The worth of every way to cut a row of bars, straight from the definition. */
function bestCut({ bars, dimensions, values }: BarDirections): number[] {
  const product = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += values[a * dimensions + d]! * values[b * dimensions + d]!;
    return sum;
  };
  const block = (first: number, end: number) => {
    let sum = 0;
    for (let a = first; a < end; a++) for (let b = first; b < end; b++) if (a !== b) sum += product(a, b);
    return sum / (end - first);
  };
  let alike = 0;
  for (let first = 0; first + 8 <= bars; first++) alike = Math.max(alike, block(first, first + 8));
  const count = (length: number) => (length % 8 === 0 ? 0 : length % 4 === 0 ? 0.25 : length % 2 === 0 ? 0.5 : 1);
  const cost = (length: number, atEnd: boolean) => (atEnd ? Math.min(count(length), count(length - 1)) : count(length));
  let best: { worth: number; cut: number[] } = { worth: Number.NEGATIVE_INFINITY, cut: [] };
  for (let mask = 0; mask < 2 ** (bars - 1); mask++) {
    const cut = Array.from({ length: bars - 1 }, (_, i) => i + 1).filter((bar) => (mask >> (bar - 1)) & 1);
    const edges = [0, ...cut, bars];
    let worth = 0;
    for (let i = 1; i < edges.length; i++) {
      const length = edges[i]! - edges[i - 1]!;
      const atEnd = i === 1 || i === edges.length - 1;
      if (length < (atEnd ? 2 : 4)) worth = Number.NEGATIVE_INFINITY;
      else worth += block(edges[i - 1]!, edges[i]!) - alike * cost(length, atEnd);
    }
    if (worth > best.worth) best = { worth, cut };
  }
  return best.cut;
}

describe('segment', () => {
  it('cuts where bars change', () => {
    expect(bordersOf('AAAAAAAABBBBBBBBBBBBBBBBCCCCCCCC')).toEqual([8, 24]);
    expect(bordersOf('AAAABBBBBBBBAAAAAAAACCCC')).toEqual([4, 12, 20]);
  });

  it('keeps what is alike together, however long', () => {
    expect(bordersOf('A'.repeat(64))).toEqual([]);
    expect(bordersOf('A'.repeat(200)).every((bar, i, all) => bar - (all[i - 1] ?? 0) <= 64)).toBe(true);
  });

  it('keeps a repeated chord pattern together', () => {
    expect(bordersOf(`${'ABCD'.repeat(4)}${'EFGH'.repeat(4)}`)).toEqual([16]);
  });

  it('holds to eights against a bar that came early, and does not where bars are not musical', () => {
    const early = 'AAAAAAABBBBBBBBBAAAAAAAA';
    expect(bordersOf(early)).toEqual([8, 16]);
    expect(bordersOf(early, false)).toEqual([7, 16]);
  });

  it('does not count a bar that leads in or rings out', () => {
    expect(bordersOf('AAAAAAAAABBBBBBBBCCCCCCCCC')).toEqual([9, 17]);
  });

  it('is surer of a border where more changes', () => {
    const rows = barsOf('AAAAAAAABBBBBBBBCCCCCCCC');
    // The second change is half of one: the bars after it are halfway between B and C.
    for (let bar = 16; bar < 24; bar++) {
      rows.values[bar * DIMENSIONS + 1] = Math.sin(Math.PI / 4);
      rows.values[bar * DIMENSIONS + 2] = Math.cos(Math.PI / 4);
    }
    const [first, second] = segment(rows, true).borders;
    expect([first!.bar, second!.bar]).toEqual([8, 16]);
    expect(first!.confidence).toBeGreaterThan(second!.confidence);
    expect(second!.confidence).toBeGreaterThanOrEqual(0.4);
  });

  it('tells how well a border would fit elsewhere', () => {
    const { fit } = segment(barsOf('AAAAAAAABBBBBBBBBBBBBBBBCCCCCCCC'), true);
    expect(fit[8]).toBeCloseTo(1, 9);
    expect(fit[24]).toBeCloseTo(1, 9);
    // Between alike bars a border costs little where it keeps to eights, and much where it does not.
    expect(fit[16]).toBeLessThan(0.8);
    for (const bar of [5, 12, 27]) expect(fit[bar]).toBeLessThan(fit[16]! / 2);
  });

  it('finds the cut that is worth most of all', () => {
    const unit = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit, unit), { minLength: 9, maxLength: 13 }), (rows) => {
        const values = Float32Array.from(
          rows.flatMap((row) => {
            const length = Math.hypot(...row);
            return row.map((value) => (length > 0 ? value / length : 0));
          }),
        );
        const directions = { bars: rows.length, dimensions: 3, values };
        expect(segment(directions, true).borders.map(({ bar }) => bar)).toEqual(bestCut(directions));
      }),
      { numRuns: 40 },
    );
  });

  it('says nothing of silence', () => {
    const silence = { bars: 40, dimensions: DIMENSIONS, values: new Float32Array(40 * DIMENSIONS) };
    for (const { bar, confidence } of segment(silence, true).borders) {
      expect(bar % 4).toBe(0);
      expect(confidence).toBe(0.4);
    }
  });
});
