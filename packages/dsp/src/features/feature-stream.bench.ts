import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { FeatureStream } from './feature-stream.ts';
import { featuresTwin } from './feature-stream.twin.ts';

const seconds = 4;
const frames = seconds * 44_100;
const kernels = new Kernels();
const channels = [noise(frames, 1), noise(frames, 2)];
const block = new SampleBlock(kernels, 2, frames);
block.write(channels, 0, frames);
const stream = new FeatureStream(kernels, { sampleRate: 44_100 });

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'feature stream',
    audioSeconds: seconds,
    kernel: () => {
      stream.process(block);
      stream.finish();
    },
    twin: () => {
      featuresTwin(channels, 44_100, 441);
    },
  },
];
