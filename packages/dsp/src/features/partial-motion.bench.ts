import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { partialMotion } from './partial-motion.ts';
import { partialMotionTwin } from './partial-motion.twin.ts';

/** A minute of pitch frames. */
const kernels = new Kernels();
const BINS = 216;
const frames = noise(750 * BINS).map((value) => Math.abs(value) ** 4);
const search = { first: 96, end: 204, around: 6, prominence: 1.2, faintest: 1e-6, heldBins: 0.3, sameBins: 2 };

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'motion of partials',
    audioSeconds: 60,
    kernel: () => {
      partialMotion(kernels, frames, BINS, search);
    },
    twin: () => {
      partialMotionTwin(frames, BINS, search);
    },
  },
];
