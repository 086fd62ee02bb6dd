import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { MEL_BANDS } from './feature-stream.ts';
import { melPowerSums, melRises } from './mel-rows.ts';
import { melPowerSumsTwin, melRisesTwin } from './mel-rows.twin.ts';
import { spanMeans } from './span-means.ts';
import { spanMeanTwin } from './span-means.twin.ts';

/** A minute of mel frames, and bars of two seconds in eight parts. */
const kernels = new Kernels();
const levels = noise(60 * 25 * MEL_BANDS).map((value) => 40 * value - 60);
const weights = noise(4 * MEL_BANDS).map(Math.abs);
const rows = { values: levels, stride: MEL_BANDS, width: 35, least: -90 };
const spans = Float64Array.from({ length: 2 * 8 * 30 }, (_, i) => 6.25 * ((i + 1) >> 1));

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'rise of mel bands',
    audioSeconds: 60,
    kernel: () => {
      melRises(kernels, levels, MEL_BANDS, -80);
    },
    twin: () => {
      melRisesTwin(levels, MEL_BANDS, -80);
    },
  },
  {
    name: 'powers of mel bands',
    audioSeconds: 60,
    kernel: () => {
      melPowerSums(kernels, levels, weights);
    },
    twin: () => {
      melPowerSumsTwin(levels, weights);
    },
  },
  {
    name: 'means over parts of bars',
    audioSeconds: 60,
    kernel: () => {
      spanMeans(kernels, rows, spans);
    },
    twin: () => {
      for (let i = 0; i < spans.length; i += 2) {
        for (let band = 0; band < rows.width; band++) {
          const from = Math.floor(spans[i]!);
          const near = { ...rows, values: levels.subarray(from * MEL_BANDS, (from + 8) * MEL_BANDS) };
          spanMeanTwin(near, band, spans[i]! - from, spans[i + 1]! - from);
        }
      }
    },
  },
];
