import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { VectorTable } from './vector-table.ts';
import { nearestTwin } from './vector-table.twin.ts';

const kernels = new Kernels();

function tableOf(rows: readonly ArrayLike<number>[], width: number, capacity = rows.length): VectorTable {
  const table = new VectorTable(kernels, { width, capacity });
  rows.forEach((vector, row) => {
    table.set(row, vector);
  });
  return table;
}

/** Vectors of noise, each other than the rest. */
function vectors(count: number, width: number, seed: number): Float32Array[] {
  const values = noise(count * width, seed);
  return Array.from({ length: count }, (_, row) => values.subarray(row * width, (row + 1) * width));
}

describe('VectorTable', () => {
  it('finds what lies nearest on a line', () => {
    const table = tableOf([[5], [-1], [2], [2.5]], 1);
    expect(table.nearest([2.25], 3)).toEqual([
      { row: 2, distance: 0.25 },
      { row: 3, distance: 0.25 },
      { row: 0, distance: 2.75 },
    ]);
  });

  it('is its twin, for any width, number and choice of rows', () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 70 }),
      count: fc.integer({ min: 1, max: 60 }),
      most: fc.integer({ min: 1, max: 80 }),
      seed: fc.nat(1e6),
      masked: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ width, count, most, seed, masked }) =>
        kernels.lend(() => {
          const rows = vectors(count, width, seed);
          const query = vectors(1, width, seed + 1)[0]!;
          const allowed = masked ? Uint8Array.from(rows, (_, row) => (row * 7 + seed) % 3) : undefined;
          const found = tableOf(rows, width, count + 3).nearest(query, most, allowed);
          const wanted = nearestTwin(rows, query, most, allowed);
          expect(found.map(({ row }) => row)).toEqual(wanted.map(({ row }) => row));
          found.forEach(({ distance }, i) => {
            expect(distance).toBeCloseTo(wanted[i]!.distance, 5);
          });
        }),
      ),
    );
  });

  it('a vector of the table is its own nearest, at no distance, and replacing it moves it', () => {
    const rows = vectors(40, 57, 3);
    const table = tableOf(rows, 57);
    rows.forEach((vector, row) => {
      expect(table.nearest(vector, 1)).toEqual([{ row, distance: 0 }]);
    });
    table.set(
      7,
      rows[8]!.map((value) => value + 0.001),
    );
    expect(table.length).toBe(40);
    expect(table.nearest(rows[8]!, 2).map(({ row }) => row)).toEqual([8, 7]);
  });

  it('finds nothing in an empty table, and where nothing is allowed', () => {
    const table = new VectorTable(kernels, { width: 3, capacity: 2 });
    expect(table.nearest([1, 2, 3], 5)).toEqual([]);
    table.set(0, [1, 2, 3]);
    expect(table.nearest([1, 2, 3], 5, Uint8Array.of(0))).toEqual([]);
  });

  it('refuses what it cannot hold', () => {
    const table = tableOf([[1, 2]], 2, 2);
    expect(() => table.set(0, [1])).toThrow(/1 numbers; here they have 2/);
    expect(() => table.set(0, [1, Number.NaN])).toThrow(/number 1 of a vector is NaN/);
    expect(() => table.set(2, [1, 2])).toThrow(/row is 2/);
    expect(() => table.nearest([1, 2], 0)).toThrow(/most is 0/);
    expect(() => table.nearest([1, 2], 1, new Uint8Array(2))).toThrow(/2 rows; the table has 1/);
    expect(() => new VectorTable(kernels, { width: 0, capacity: 1 })).toThrow(/width is 0/);
  });
});
