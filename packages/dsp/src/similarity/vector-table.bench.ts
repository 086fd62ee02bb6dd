import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { VectorTable } from './vector-table.ts';
import { nearestTwin } from './vector-table.twin.ts';

/** Vectors as long as those of an analysis; the factor is how many tables of 10,000 are looked through in a second. */
const kernels = new Kernels();
const width = 64;
const rows = Array.from({ length: 10_000 }, (_, row) => noise(width, row + 1));
const query = noise(width, 0);
const table = new VectorTable(kernels, { width, capacity: rows.length });
rows.forEach((vector, row) => {
  table.set(row, vector);
});

export const benchmarks: KernelBenchmark[] = [
  {
    name: '10 nearest of 10,000 vectors of 64 (a scan counts as 1 s)',
    audioSeconds: 1,
    kernel: () => {
      table.nearest(query, 10);
    },
    twin: () => {
      nearestTwin(rows, query, 10);
    },
  },
];
