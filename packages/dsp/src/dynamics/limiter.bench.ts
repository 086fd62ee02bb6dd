import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise, songLike } from '../testing/signals.ts';
import { TruePeakLimiter } from './limiter.ts';
import { limiterTwin } from './limiter.twin.ts';

const sampleRate = 44_100;
const seconds = 2;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const limiter = new TruePeakLimiter(kernels, { sampleRate, channels: 2, ceilingDb: -1 });
const block = new SampleBlock(kernels, 2, frames);

function benchmark(name: string, channels: Float32Array[]): KernelBenchmark {
  return {
    name,
    audioSeconds: seconds,
    kernel: () => {
      block.write(channels, 0, frames);
      limiter.process(block);
    },
    twin: () => limiterTwin(channels, 0.886, 0.01 * sampleRate, sampleRate / 60, sampleRate / 15, 0.02 * sampleRate),
  };
}

const song = (gain: number) => [1, 2].map((seed) => songLike(frames, sampleRate, seed).map((value) => value * gain));

export const benchmarks: KernelBenchmark[] = [
  benchmark('limiter, a song at its ceiling', song(0.95)),
  benchmark('limiter, a song 6 dB over', song(2)),
  benchmark('limiter, noise 6 dB over', [noise(frames, 1, 2), noise(frames, 2, 2)]),
];
