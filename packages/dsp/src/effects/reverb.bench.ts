import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Reverb, type ReverbOptions } from './reverb.ts';
import { reverbTwin } from './reverb.twin.ts';

const sampleRate = 44_100;
const frames = sampleRate / 2;
const kernels = new Kernels();
const channels = [songLike(frames, sampleRate, 1), songLike(frames, sampleRate, 2)] as const;
const block = new SampleBlock(kernels, 2, frames);
const options: ReverbOptions = {
  sampleRate,
  channels: 2,
  decaySeconds: 3,
  highDecay: 0.4,
  dampingHz: 4000,
  lowCutHz: 150,
  send: 1,
  wet: 0.5,
  dry: 1,
};
const reverb = new Reverb(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'reverb',
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      reverb.process(block);
    },
    twin: () => {
      reverbTwin(channels, options);
    },
  },
];
