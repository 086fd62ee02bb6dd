import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { type MultibandBand, MultibandCompressor, type MultibandOptions } from './multiband.ts';
import { multibandTwin } from './multiband.twin.ts';

const sampleRate = 44_100;
const seconds = 1;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const block = new SampleBlock(kernels, 2, frames);
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const band: MultibandBand = {
  mode: 'compress',
  thresholdDb: -25,
  ratio: 2,
  kneeDb: 6,
  attackSeconds: 0.01,
  releaseSeconds: 0.1,
  rangeDb: 20,
  gainDb: 0,
};

function benchmark(name: string, particular: Pick<MultibandOptions, 'crossoverHz' | 'bands'>): KernelBenchmark {
  const options = { sampleRate, channels: 2, ...particular };
  const multiband = new MultibandCompressor(kernels, options);
  return {
    name,
    audioSeconds: seconds,
    kernel: () => {
      block.write(channels, 0, frames);
      multiband.process(block);
    },
    twin: () => multibandTwin(channels, options),
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark('multiband compressor, one band of three', { crossoverHz: [200, 2500], bands: [null, null, band] }),
  benchmark('multiband compressor, four bands', { crossoverHz: [120, 800, 5000], bands: [band, band, band, band] }),
];
