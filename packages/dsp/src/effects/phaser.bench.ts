import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Phaser, type PhaserOptions } from './phaser.ts';
import { phaserTwin } from './phaser.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const options: PhaserOptions = {
  sampleRate,
  channels: 2,
  stages: 6,
  lowHz: 200,
  highHz: 4000,
  periodSeconds: 4,
  spread: 0.25,
  feedback: 0.6,
  mix: 0.5,
};
const phaser = new Phaser(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'phaser',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      phaser.process(block);
    },
    twin: () => {
      phaserTwin(channels, options);
    },
  },
];
