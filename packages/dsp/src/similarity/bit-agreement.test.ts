import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { BitRows } from './bit-agreement.ts';
import { bestAgreementTwin, bitAgreementTwin } from './bit-agreement.twin.ts';

const kernels = new Kernels();

/** Words of noise. */
function words(count: number, seed: number): Uint16Array {
  return Uint16Array.from(noise(count, seed), (value) => Math.floor(32_768 * (1 + value)) & 0xffff);
}

describe('BitRows', () => {
  it('finds a row in a longer one, without an error', () => {
    const row = words(200, 1);
    expect(new BitRows(kernels, row, row.slice(37, 90)).best()).toEqual({ shift: 37, compared: 53, errorRate: 0 });
    expect(new BitRows(kernels, row.slice(37, 90), row).best()).toEqual({ shift: -37, compared: 53, errorRate: 0 });
  });

  it('counts each bit, and no word that says nothing', () => {
    const a = Uint16Array.of(0b1111, 0b1000, 0, 0xffff);
    const b = Uint16Array.of(0b1110, 0b0001, 0xffff, 0xffff);
    const rows = new BitRows(kernels, a, b);
    expect(rows.at(0, 0, 4)).toEqual({ shift: 0, compared: 3, errorRate: 3 / 48 });
    expect(rows.at(0, 1, 2)).toEqual({ shift: 0, compared: 1, errorRate: 2 / 16 });
    expect(rows.at(3, 0, 3)).toEqual({ shift: 3, compared: 0, errorRate: 1 });
  });

  it('is its twin, for any rows and any part of them', () => {
    const row = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(1e6))
      .map(([count, seed]) => words(count, seed).map((word, i) => ((i + seed) % 5 === 0 ? 0 : word)));
    fc.assert(
      fc.property(row, row, fc.nat(1000), (a, b, part) =>
        kernels.lend(() => {
          const rows = new BitRows(kernels, a, b);
          expect(rows.best()).toEqual(bestAgreementTwin(a, b));
          const from = part % a.length;
          const shift = 1 - b.length + (part % (a.length + b.length - 1));
          expect(rows.at(shift, from, a.length)).toEqual(bitAgreementTwin(a, b, shift, from));
          expect(rows.at(shift, 0, from)).toEqual(bitAgreementTwin(a, b, shift, 0, from));
        }),
      ),
    );
  });

  it('words that have nothing to do with each other differ in about half of their bits', () => {
    const { errorRate } = new BitRows(kernels, words(4000, 1), words(4000, 2)).at(0, 0, 4000);
    expect(errorRate).toBeGreaterThan(0.48);
    expect(errorRate).toBeLessThan(0.52);
  });

  it('refuses no words, and words that are not there', () => {
    expect(() => new BitRows(kernels, new Uint16Array(0), words(1, 1))).toThrow(/number of words is 0/);
    const rows = new BitRows(kernels, words(5, 1), words(5, 2));
    expect(() => rows.at(0, 2, 6)).toThrow(/words 2 to 6 are not in a row of 5/);
    expect(() => rows.at(5, 0, 5)).toThrow(/shift is 5/);
  });
});
