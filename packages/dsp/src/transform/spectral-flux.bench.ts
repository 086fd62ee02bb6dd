import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { compressAmplitudeTwin } from './logarithm.twin.ts';
import { spectralFluxTwin } from './spectral-flux.twin.ts';

const bands = 96;
const kernels = new Kernels();
const power = noise(bands).map(Math.abs);
const [given, present, past, flux] = [0, 0, 0, 0].map(() => kernels.allocateFloats(bands + 8));
kernels.floats(given!, bands).set(power);
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
      wasm.compressAmplitude(given!, present!, bands, 1000);
      wasm.spectralFlux(present!, past! + 16, flux!, bands);
    },
    twin: () => {
      compressAmplitudeTwin(plainPower, plainPresent, 1000);
      spectralFluxTwin(plainPresent, plainPast, plainFlux);
    },
  },
];
