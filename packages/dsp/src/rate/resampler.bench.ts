import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Resampler } from './resampler.ts';
import { ResamplerTwin } from './resampler.twin.ts';

const kernels = new Kernels();
const seconds = 0.5;

function benchmark(fromRate: number, toRate: number, stopBand: number): KernelBenchmark {
  const frames = seconds * fromRate;
  const channels = [1, 2].map((seed) => songLike(frames, fromRate, seed));
  const resampler = new Resampler(kernels, { channels: 2, fromRate, toRate, maximumFrames: frames, stopBand });
  const input = new SampleBlock(kernels, 2, frames);
  const output = new SampleBlock(kernels, 2, resampler.maximumOutputFrames);
  input.write(channels, 0, frames);
  const twin = new ResamplerTwin(fromRate, toRate, 0.9, stopBand);
  const plain = channels.map((samples) => Float64Array.from(samples));
  return {
    name: `resampler ${fromRate} to ${toRate} Hz, ${stopBand === 1 ? 'no aliasing' : 'aliasing above the pass-band'}`,
    audioSeconds: seconds,
    kernel: () => {
      resampler.process(input, output);
      resampler.flush(output);
    },
    twin: () => {
      for (const samples of plain) twin.convert(samples);
    },
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark(48_000, 44_100, 1),
  benchmark(48_000, 44_100, 1.1),
  benchmark(44_100, 48_000, 1),
  benchmark(44_100, 22_050, 1),
];
