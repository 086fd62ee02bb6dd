import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import type { FilterBand } from './band.ts';
import { Equaliser } from './equaliser.ts';
import { equaliserTwin } from './equaliser.twin.ts';

const sampleRate = 44_100;
const blockFrames = 4410;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(blockFrames, sampleRate, seed));
const block = new SampleBlock(kernels, 2, blockFrames);
block.write(channels, 0, blockFrames);

const tenBands: FilterBand[] = Array.from({ length: 10 }, (_, i) => ({
  shape: 'peak',
  frequencyHz: 31.25 * 2 ** i,
  q: 1.4,
  // In pairs that cancel out roughly, so that a block filtered again and again neither grows nor fades.
  gainDb: i % 2 === 0 ? 3 : -3.5,
}));

function benchmark(name: string, bands: FilterBand[]): KernelBenchmark {
  const equaliser = new Equaliser(kernels, { sampleRate, channels: 2, bands });
  return {
    name,
    audioSeconds: blockFrames / sampleRate,
    kernel: () => {
      block.write(channels, 0, blockFrames);
      equaliser.process(block);
    },
    twin: () => {
      for (const samples of channels) equaliserTwin(samples, bands, sampleRate);
    },
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark('equaliser, 10 bands', tenBands),
  benchmark('filter, 1 band', [{ shape: 'low-pass', frequencyHz: 2000, q: Math.SQRT1_2 }]),
];
