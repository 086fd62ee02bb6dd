import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { ThreeBandIsolator } from './isolator.ts';
import { isolatorTwin } from './isolator.twin.ts';

const sampleRate = 44_100;
const frames = 4410;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const block = new SampleBlock(kernels, 2, frames);
const isolator = new ThreeBandIsolator(kernels, { sampleRate, channels: 2 });

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'three-band isolator',
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      isolator.process(block, [1, 1, 1], [0, 1, 0.5]);
    },
    twin: () => {
      for (const samples of channels) isolatorTwin(samples, sampleRate, [200, 2500], [1, 1, 1], [0, 1, 0.5]);
    },
  },
];
