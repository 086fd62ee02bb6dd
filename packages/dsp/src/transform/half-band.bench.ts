import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { halfBandTapsTwin, halveRateTwin } from './half-band.twin.ts';

const kernels = new Kernels();
const frames = 441;
const state = kernels.wasm.halfBandCreate(44_100, 3800);
const input = kernels.allocateFloats(frames);
const output = kernels.allocateFloats(frames);
const samples = noise(frames);
kernels.floats(input, frames).set(samples);
const plain = Float64Array.from(samples);
const taps = halfBandTapsTwin(44_100, 3800);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'half-band decimation, mono',
    audioSeconds: frames / 44_100,
    kernel: () => {
      kernels.wasm.halfBandProcess(state, input, frames, output);
    },
    twin: () => {
      halveRateTwin(plain, taps);
    },
  },
];
