import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Compressor, type CompressorOptions } from './compressor.ts';
import { compressorTwin } from './compressor.twin.ts';

const sampleRate = 44_100;
const seconds = 2;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const block = new SampleBlock(kernels, 2, frames);
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));

function benchmark(name: string, particular: Partial<CompressorOptions>): KernelBenchmark {
  const options: CompressorOptions = {
    sampleRate,
    channels: 2,
    mode: 'compress',
    thresholdDb: -18,
    ratio: 3,
    kneeDb: 6,
    attackSeconds: 0.01,
    releaseSeconds: 0.1,
    rangeDb: 20,
    gainDb: 2,
    ...particular,
  };
  const compressor = new Compressor(kernels, options);
  return {
    name,
    audioSeconds: seconds,
    kernel: () => {
      block.write(channels, 0, frames);
      compressor.process(block);
    },
    twin: () => compressorTwin(channels, options),
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark('compressor, peak', {}),
  benchmark('compressor, rms, side-chain high-pass', { detector: 'rms', sidechainHighPassHz: 100 }),
];
