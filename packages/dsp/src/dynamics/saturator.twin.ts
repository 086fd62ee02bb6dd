import { halfBandTapsTwin, halveRateTwin } from '../transform/half-band.twin.ts';
import type { SaturatorOptions } from './saturator.ts';

const PADDING = 256;
const REFERENCE = 10 ** (-16 / 20);

/** The curve of a drive: x to level tanh(bend x). */
export function saturationCurveTwin(driveDb: number): (x: number) => number {
  const bend = 10 ** (driveDb / 20) - 1;
  let [energy, weight] = [0, 0];
  for (let deviation = -6; deviation <= 6; deviation += 1 / 16) {
    const density = Math.exp(-(deviation ** 2) / 2);
    energy += density * Math.tanh(bend * REFERENCE * deviation) ** 2;
    weight += density;
  }
  const level = REFERENCE / Math.sqrt(energy / weight);
  return (x) => level * Math.tanh(bend * x);
}

/** Twice the rate, by the filter that `halveRateTwin` halves it with. */
function doubleRate(signal: Float64Array, taps: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * signal.length }, (_, i) => {
    const m = i >> 1;
    if (i % 2 === 0) return signal[m]!;
    let sum = 0;
    taps.forEach((tap, j) => {
      sum += 2 * tap * ((signal[m - j] ?? 0) + (signal[m + 1 + j] ?? 0));
    });
    return sum;
  });
}

/** Plain float64 form of `Saturator` for one channel, without its latency, with settings that stand still and a drive above 0. */
export function saturatorTwin(
  samples: Float32Array,
  { sampleRate, driveDb, mix, oversampling }: Omit<SaturatorOptions, 'channels'>,
): Float64Array {
  const curve = saturationCurveTwin(driveDb);
  const filters = Array.from({ length: Math.log2(oversampling) }, (_, k) =>
    halfBandTapsTwin(sampleRate * 2 ** (k + 1), (k === 0 ? 0.43 : 0.5) * sampleRate),
  );
  // Silence around the signal, into which the filters ring.
  const padded = new Float64Array(samples.length + 2 * PADDING);
  padded.set(samples, PADDING);
  const bent = filters.reduce(doubleRate, padded).map(curve);
  const wet = filters.reduceRight(halveRateTwin, bent).subarray(PADDING, PADDING + samples.length);
  return wet.map((value, i) => samples[i]! + mix * (value - samples[i]!));
}
