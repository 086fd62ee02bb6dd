import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { LoudnessMeter } from './loudness.ts';
import { kWeightedEnergyTwin } from './loudness.twin.ts';

const sampleRate = 44_100;
const seconds = 4;
const kernels = new Kernels();
const meter = new LoudnessMeter(kernels, { sampleRate, channels: 2 });
const channels = [1, 2].map((seed) => songLike(seconds * sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, seconds * sampleRate);
block.write(channels, 0, block.capacity);
const plain = channels.map((samples) => Float64Array.from(samples));

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'K-weighted loudness',
    audioSeconds: seconds,
    kernel: () => {
      meter.reset();
      meter.process(block);
    },
    twin: () => {
      for (const samples of plain) kWeightedEnergyTwin(samples, sampleRate);
    },
  },
];
