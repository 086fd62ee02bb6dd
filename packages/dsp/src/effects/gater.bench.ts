import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Gater, type GaterOptions } from './gater.ts';
import { gaterTwin } from './gater.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const options: GaterOptions = {
  sampleRate,
  channels: 2,
  periodSeconds: 0.125,
  duty: 0.5,
  edgeSeconds: 0.005,
  depth: 1,
};
const gater = new Gater(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'gater',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      gater.process(block);
    },
    twin: () => {
      for (const samples of channels) gaterTwin(samples, options);
    },
  },
];
