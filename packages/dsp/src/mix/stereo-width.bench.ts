import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { StereoWidth } from './stereo-width.ts';
import { stereoWidthTwin } from './stereo-width.twin.ts';

const sampleRate = 44_100;
const seconds = 1;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const block = new SampleBlock(kernels, 2, frames);
const channels = [songLike(frames, sampleRate, 1), songLike(frames, sampleRate, 2)] as const;

function benchmark(name: string, monoBelowHz: number | null): KernelBenchmark {
  const options = { sampleRate, width: 1.2, monoBelowHz };
  const stereoWidth = new StereoWidth(kernels, options);
  return {
    name,
    audioSeconds: seconds,
    kernel: () => {
      block.write(channels, 0, frames);
      stereoWidth.process(block);
    },
    twin: () => {
      stereoWidthTwin(channels, options);
    },
  };
}

export const benchmarks: KernelBenchmark[] = [
  benchmark('stereo width', null),
  benchmark('stereo width, mono bass', 120),
];
