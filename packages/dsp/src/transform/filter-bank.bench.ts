import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { applyBankTwin, type BandTwin, chromaBankTwin, logFrequencyBankTwin, melBankTwin } from './filter-bank.twin.ts';

const kernels = new Kernels();

function benchmark(name: string, bank: number, twin: BandTwin[], bins: number, audioSeconds: number): KernelBenchmark {
  const values = noise(bins).map(Math.abs);
  const power = kernels.allocateFloats(bins + 3);
  const output = kernels.allocateFloats(twin.length);
  kernels.floats(power, bins).set(values);
  const plain = Float64Array.from(values);
  const plainOutput = new Float64Array(twin.length);
  return {
    name,
    audioSeconds,
    kernel: () => kernels.wasm.filterBankApply(bank, power, output),
    twin: () => applyBankTwin(twin, plain, plainOutput),
  };
}

const mel = kernels.wasm.melBankCreate(44_100, 2048, 96, 30, 16_000, 22_050);
const pitch = kernels.wasm.logFrequencyBankCreate(11_025, 4096, 4096, 216, 36, 55, 5512.5);
const chroma = {
  bins: 216,
  binsPerOctave: 36,
  lowestHz: 55,
  tuningHz: 440,
  centreHz: 220,
  spreadOctaves: 1.25,
  partials: 6,
  partialDecay: 0.6,
};
const pitchClasses = kernels.wasm.chromaBankCreate(216, 36, 55, 440, 220, 1.25, 6, 0.6);

export const benchmarks: KernelBenchmark[] = [
  benchmark('96 mel bands of a spectrum of 1025 bins', mel, melBankTwin(44_100, 2048, 96, 30, 16_000), 1025, 0.01),
  benchmark(
    '216 pitch bands of a spectrum of 2049 bins',
    pitch,
    logFrequencyBankTwin(11_025, 4096, 4096, 216, 36, 55),
    2049,
    0.08,
  ),
  benchmark('12 pitch classes of 216 pitch bands', pitchClasses, chromaBankTwin(chroma), 216, 0.08),
];
