import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Dither } from './dither.ts';
import { ditherTwin, shaperTwin } from './dither.twin.ts';

const sampleRate = 44_100;
const frames = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const block = new SampleBlock(kernels, 2, frames);
const filter = shaperTwin(sampleRate);

export const benchmarks: KernelBenchmark[] = (['triangular', 'shaped'] as const).map((kind) => {
  const dither = new Dither(kernels, { sampleRate, channels: 2, bits: 16, kind, seed: 1 });
  return {
    name: `dither to 16 bits, ${kind}`,
    audioSeconds: frames / sampleRate,
    kernel: () => {
      block.write(channels, 0, frames);
      dither.process(block);
    },
    twin: () => {
      channels.forEach((samples, channel) => {
        ditherTwin(samples, 16, 1, channel, kind === 'shaped' ? filter : []);
      });
    },
  };
});
