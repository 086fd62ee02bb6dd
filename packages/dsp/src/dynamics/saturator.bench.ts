import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Saturator } from './saturator.ts';
import { saturatorTwin } from './saturator.twin.ts';

const sampleRate = 44_100;
const frames = 11_025;
const kernels = new Kernels();
const block = new SampleBlock(kernels, 2, frames);
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));

function benchmark(oversampling: 2 | 4 | 8): KernelBenchmark {
  const options = { sampleRate, channels: 2, driveDb: 6, mix: 0.5, oversampling };
  const saturator = new Saturator(kernels, options);
  return {
    name: `saturator, ${oversampling} times the rate`,
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      saturator.process(block);
    },
    twin: () => {
      for (const samples of channels) saturatorTwin(samples, options);
    },
  };
}

export const benchmarks: KernelBenchmark[] = [benchmark(2), benchmark(4), benchmark(8)];
