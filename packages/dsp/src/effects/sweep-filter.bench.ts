import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { equaliserTwin } from '../filter/equaliser.twin.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { SweepFilter, sweepBand } from './sweep-filter.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const filter = new SweepFilter(kernels, { sampleRate, channels: 2, sweep: -0.4, resonanceDb: 6 });
const band = sweepBand(-0.4, 6, sampleRate);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'sweep filter',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      filter.process(block);
    },
    twin: () => {
      for (const samples of channels) equaliserTwin(samples, [band, band], sampleRate);
    },
  },
];
