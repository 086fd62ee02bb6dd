import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { Gain } from './gain.ts';
import { gainTwin } from './gain.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const samples = noise(sampleRate, 1, 0.5);
const block = new SampleBlock(kernels, 2, sampleRate);
const gain = new Gain(kernels, { sampleRate, channels: 2, gainDb: -1 });

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'gain',
    audioSeconds: 1,
    kernel: () => {
      block.write([samples, samples], 0, sampleRate);
      gain.process(block);
    },
    twin: () => {
      gainTwin(samples, 0.9, 441, []);
      gainTwin(samples, 0.9, 441, []);
    },
  },
];
