import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { laggedProducts } from './lagged-products.ts';
import { laggedProductsTwin } from './lagged-products.twin.ts';

/** A minute of onsets at 50 values a second, up to 4 s. */
const kernels = new Kernels();
const curve = noise(3000);
const LAGS = 202;

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'autocorrelation of an onset curve',
    audioSeconds: 60,
    kernel: () => {
      laggedProducts(kernels, curve, LAGS);
    },
    twin: () => {
      laggedProductsTwin(curve, LAGS);
    },
  },
];
