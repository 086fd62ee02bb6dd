import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { BitCrusher, type BitCrusherOptions } from './bit-crusher.ts';
import { bitCrusherTwin } from './bit-crusher.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const options: BitCrusherOptions = {
  sampleRate,
  channels: 2,
  bits: 6,
  rateHz: 7000,
  mix: 1,
};
const bitCrusher = new BitCrusher(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'bit crusher',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      bitCrusher.process(block);
    },
    twin: () => {
      for (const samples of channels) bitCrusherTwin(samples, options);
    },
  },
];
