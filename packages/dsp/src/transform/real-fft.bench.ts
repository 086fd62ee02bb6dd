import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { RealFftTwin } from './real-fft.twin.ts';

const kernels = new Kernels();

function benchmark(size: number): KernelBenchmark {
  const plan = kernels.wasm.fftCreate(size);
  const frame = kernels.allocateFloats(size);
  const spectrum = kernels.allocateFloats(size + 2);
  const samples = Float64Array.from({ length: size }, (_, i) => Math.sin(i * 0.1));
  kernels.floats(frame, size).set(samples);
  const twin = new RealFftTwin(size);
  const twinSpectrum = new Float64Array(size + 2);
  return {
    name: `real FFT ${size}, mono`,
    audioSeconds: size / 44_100,
    kernel: () => kernels.wasm.fftForward(plan, frame, spectrum),
    twin: () => twin.forward(samples, twinSpectrum),
  };
}

export const benchmarks: KernelBenchmark[] = [256, 512, 1024, 2048, 4096, 16_384].map(benchmark);
