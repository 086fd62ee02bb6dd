import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Platter } from './platter.ts';
import { platterTwin } from './platter.twin.ts';

const sampleRate = 44_100;
const frames = 4410;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const block = new SampleBlock(kernels, 2, frames);
const platter = new Platter(kernels, { sampleRate, channels: 2 });

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'platter, stopping',
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      platter.stop({ seconds: 0.1 });
      platter.process(block);
    },
    twin: () => {
      const path = { start: 0, turn: 0, end: frames, speed: 1, fadeFrames: 221 };
      for (const samples of channels) platterTwin(samples, path);
    },
  },
];
