import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { BitRows } from './bit-agreement.ts';
import { bestAgreementTwin } from './bit-agreement.twin.ts';

/** Words of a minute each, at 12.5 a second. */
const kernels = new Kernels();
const SECONDS = 60;
const [a, b] = [1, 2].map((seed) => Uint16Array.from(noise(12.5 * SECONDS, seed), (value) => 32_768 * (1 + value)));

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'best shift of two fingerprints',
    audioSeconds: SECONDS,
    kernel: () => {
      kernels.lend(() => new BitRows(kernels, a!, b!).best());
    },
    twin: () => {
      bestAgreementTwin(a!, b!);
    },
  },
];
