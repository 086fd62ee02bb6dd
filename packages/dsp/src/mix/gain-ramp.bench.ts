import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { applyGain, mixInto } from './gain-ramp.ts';
import { mixRampTwin, scaleRampTwin } from './gain-ramp.twin.ts';

const frames = 44_100;
const kernels = new Kernels();
const destination = new SampleBlock(kernels, 2, frames);
const source = new SampleBlock(kernels, 2, frames);
destination.silence(frames);
source.silence(frames);
const plain = new Float64Array(frames);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'mix with a gain ramp',
    audioSeconds: 1,
    kernel: () => mixInto(destination, source, 0, 1),
    twin: () => {
      mixRampTwin(plain, plain, 0, 1);
      mixRampTwin(plain, plain, 0, 1);
    },
  },
  {
    name: 'gain ramp in place',
    audioSeconds: 1,
    kernel: () => applyGain(destination, 1, 0.5),
    twin: () => {
      scaleRampTwin(plain, 1, 0.5);
      scaleRampTwin(plain, 1, 0.5);
    },
  },
];
