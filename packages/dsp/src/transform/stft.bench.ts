import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { Stft } from './stft.ts';
import { stftTwin } from './stft.twin.ts';

const kernels = new Kernels();
const frames = 44_100;
const block = new SampleBlock(kernels, 1, frames);
const signal = noise(frames);
block.write([signal], 0, frames);
const stft = new Stft(kernels, { size: 2048, hop: 512 });
const plain = Float64Array.from(signal);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'STFT 2048 / 512 there and back (twin: there), mono',
    audioSeconds: 1,
    kernel: () => stft.process(block, 0, () => undefined),
    twin: () => {
      stftTwin(plain, 2048, 512);
    },
  },
];
