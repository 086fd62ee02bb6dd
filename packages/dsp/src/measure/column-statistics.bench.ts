import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { columnStatistics } from './column-statistics.ts';
import { columnTwin } from './column-statistics.twin.ts';

/** A minute of frames of timbre. */
const kernels = new Kernels();
const WIDTH = 13;
const values = noise(750 * WIDTH);
const rows = Int32Array.from({ length: 700 }, (_, i) => i + 20);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'statistics of columns',
    audioSeconds: 60,
    kernel: () => {
      columnStatistics(kernels, values, WIDTH, rows);
    },
    twin: () => {
      for (let column = 0; column < WIDTH; column++) columnTwin(values, WIDTH, column, rows);
    },
  },
];
