import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { TimeStretcher } from './time-stretcher.ts';
import { TimeStretcherTwin } from './time-stretcher.twin.ts';

const sampleRate = 44_100;
const outputSeconds = 2;
const source = [songLike(4 * sampleRate, sampleRate), songLike(4 * sampleRate, sampleRate, 2)];
const plain = source.map((channel) => Float64Array.from(channel));
const kernels = new Kernels();
const stretcher = new TimeStretcher(kernels, { sampleRate, channels: 2 });
const input = new SampleBlock(kernels, 2, 4 * sampleRate);
const output = new SampleBlock(kernels, 2, stretcher.hopFrames);
input.write(source, 0, 4 * sampleRate);

function positions(rate: number): number[] {
  const hops = Math.floor((outputSeconds * sampleRate) / stretcher.hopFrames);
  return Array.from({ length: hops }, (_, n) => stretcher.reachBefore + n * rate * stretcher.hopFrames);
}

function benchmark(name: string, rate: number): KernelBenchmark {
  return {
    name,
    audioSeconds: outputSeconds,
    kernel: () => {
      stretcher.reset();
      for (const position of positions(rate)) stretcher.step(input, 0, position, output);
    },
    twin: () => {
      const twin = new TimeStretcherTwin(plain, sampleRate);
      for (const position of positions(rate)) twin.step(position);
    },
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark('time-stretch at rate 1.06', 1.06),
  benchmark('time-stretch at unit rate', 1),
];
