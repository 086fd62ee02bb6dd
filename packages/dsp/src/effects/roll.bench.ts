import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Roll } from './roll.ts';
import { rollTwin } from './roll.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const roll = new Roll(kernels, { sampleRate, channels: 2 });
roll.set({ lengthSeconds: 0.25 });
const changes = [{ frame: 0, delay: 11_025 }];

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'roll',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      roll.process(block);
    },
    twin: () => {
      for (const samples of channels) rollTwin(samples, changes, 221);
    },
  },
];
