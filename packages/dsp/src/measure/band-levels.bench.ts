import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { BandLevels } from './band-levels.ts';
import { bandLevelsTwin } from './band-levels.twin.ts';

const sampleRate = 44_100;
const seconds = 1;
const kernels = new Kernels();
const meter = new BandLevels(kernels, { sampleRate, channels: 2 });
const channels = [1, 2].map((seed) => songLike(seconds * sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, seconds * sampleRate);
block.write(channels, 0, block.capacity);
const [left, right] = channels.map((samples) => Float64Array.from(samples)) as [Float64Array, Float64Array];

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'levels of third-octave bands',
    audioSeconds: seconds,
    kernel: () => {
      meter.reset();
      meter.process(block);
    },
    twin: () => bandLevelsTwin(left, right, sampleRate),
  },
];
