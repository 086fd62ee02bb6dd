import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import type { FilterBand } from './band.ts';
import { LinearPhaseEqualiser } from './linear-phase-equaliser.ts';
import { linearPhaseTapsTwin, linearPhaseTwin } from './linear-phase-equaliser.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const bands: FilterBand[] = [
  { shape: 'high-pass', frequencyHz: 30, q: Math.SQRT1_2 },
  { shape: 'low-shelf', frequencyHz: 100, q: 0.7, gainDb: 3 },
  { shape: 'peak', frequencyHz: 400, q: 1, gainDb: -3 },
  { shape: 'high-shelf', frequencyHz: 9000, q: 0.7, gainDb: 2 },
];
const equaliser = new LinearPhaseEqualiser(kernels, { sampleRate, channels: 2, bands });
// Of the filter that these bands get: three of its reaches are what a transform finishes.
const reach = 4096;
const frames = 3 * reach;
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const block = new SampleBlock(kernels, 2, frames);
const taps = linearPhaseTapsTwin(bands, sampleRate, reach);

export const benchmarks: KernelBenchmark[] = [
  {
    name: `linear-phase equaliser, ${reach + 1} taps`,
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      equaliser.process(block);
    },
    twin: () => {
      for (const samples of channels) linearPhaseTwin(samples, taps);
    },
  },
];
