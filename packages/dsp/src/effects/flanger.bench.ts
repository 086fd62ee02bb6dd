import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Flanger, type FlangerOptions } from './flanger.ts';
import { flangerTwin } from './flanger.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const options: FlangerOptions = {
  sampleRate,
  channels: 2,
  delaySeconds: 0.001,
  sweepSeconds: 0.004,
  periodSeconds: 4,
  spread: 0.25,
  feedback: 0.6,
  mix: 0.5,
};
const flanger = new Flanger(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'flanger',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      flanger.process(block);
    },
    twin: () => {
      flangerTwin(channels, options);
    },
  },
];
