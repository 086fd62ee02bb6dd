import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { DeEsser } from './de-esser.ts';
import { deEsserTwin } from './de-esser.twin.ts';

const sampleRate = 44_100;
const seconds = 1;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const block = new SampleBlock(kernels, 2, frames);
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const options = { sampleRate, channels: 2, lowHz: 5000, highHz: 9000, thresholdDb: -15, ratio: 4, rangeDb: 8 };
const deEsser = new DeEsser(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'de-esser',
    audioSeconds: seconds,
    kernel: () => {
      block.write(channels, 0, frames);
      deEsser.process(block);
    },
    twin: () => deEsserTwin(channels, options),
  },
];
