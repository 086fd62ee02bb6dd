import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { cepstra } from './cepstra.ts';
import { cepstraTwin } from './cepstra.twin.ts';
import { MEL_BANDS } from './feature-stream.ts';

/** A minute of mel frames. */
const kernels = new Kernels();
const levels = noise(60 * 25 * MEL_BANDS).map((value) => 40 * value - 60);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'cepstral coefficients',
    audioSeconds: 60,
    kernel: () => {
      cepstra(kernels, levels, MEL_BANDS);
    },
    twin: () => {
      cepstraTwin(levels, MEL_BANDS);
    },
  },
];
