import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { compressAmplitudeTwin } from './logarithm.twin.ts';
import { spectralFluxTwin } from './spectral-flux.twin.ts';

const bands = 96;
const kernels = new Kernels();
const power = noise(bands).map(Math.abs);
const [present, past, flux] = [0, 0, 0].map(() => kernels.allocateFloats(bands + 8));
kernels.floats(present!, bands).set(power);
kernels.floats(past! + 16, bands).set(noise(bands, 2).map(Math.abs));
const plainPower = Float64Array.from(power);
const plainPresent = new Float64Array(bands);
const plainPast = Float64Array.from(noise(bands, 2), Math.abs);
const plainFlux = new Float64Array(bands);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'compression and flux of 96 bands',
    audioSeconds: 0.01,
    kernel: () => {
      const { wasm } = kernels;
      // In place, again and again: the values settle, the work stays the same.
      wasm.compressAmplitude(present!, bands, 1000);
      wasm.spectralFlux(present!, past! + 16, flux!, bands);
    },
    twin: () => {
      plainPresent.set(plainPower);
      compressAmplitudeTwin(plainPresent, 1000);
      spectralFluxTwin(plainPresent, plainPast, plainFlux);
    },
  },
];
