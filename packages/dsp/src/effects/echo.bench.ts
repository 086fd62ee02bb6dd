import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { Echo, type EchoOptions } from './echo.ts';
import { echoTwin } from './echo.twin.ts';

const sampleRate = 44_100;
const kernels = new Kernels();
const channels = [1, 2].map((seed) => songLike(sampleRate, sampleRate, seed));
const block = new SampleBlock(kernels, 2, sampleRate);
const options: EchoOptions = {
  sampleRate,
  channels: 2,
  timeSeconds: 0.234,
  feedback: 0.6,
  lowCutHz: 100,
  highCutHz: 8000,
  send: 1,
  wet: 0.7,
  dry: 1,
};
const echo = new Echo(kernels, options);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'echo',
    audioSeconds: 1,
    kernel: () => {
      block.write(channels, 0, sampleRate);
      echo.process(block);
    },
    twin: () => {
      echoTwin(channels, options);
    },
  },
];
