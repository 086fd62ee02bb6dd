import { RealFftTwin } from '../transform/real-fft.twin.ts';
import type { FilterBand } from './band.ts';
import { cascadeResponseDb } from './band-response.ts';

const GRID = 131_072;

/** The middle value of the symmetric impulse response and the reach / 2 values behind it. */
export function linearPhaseTapsTwin(bands: readonly FilterBand[], sampleRate: number, reach: number): Float64Array {
  const gainDb = cascadeResponseDb(bands, sampleRate);
  const half = Float64Array.from({ length: GRID / 2 + 1 }, (_, k) => 10 ** (gainDb((k * sampleRate) / GRID) / 20));
  const magnitudes = Float64Array.from({ length: GRID }, (_, k) => half[Math.min(k, GRID - k)]!);
  // Of a real and even sequence, the inverse transform is the transform.
  const spectrum = new Float64Array(GRID + 2);
  new RealFftTwin(GRID).forward(magnitudes, spectrum);
  return Float64Array.from({ length: reach / 2 + 1 }, (_, i) => {
    const fade = Math.min(1, (reach / 2 - i) / (reach / 8));
    return (spectrum[2 * i]! / GRID) * Math.sin((Math.PI / 2) * fade) ** 2;
  });
}

/** Plain float64 form of `LinearPhaseEqualiser` for one channel, without its delay. */
export function linearPhaseTwin(samples: ArrayLike<number>, taps: Float64Array): Float64Array {
  const reach = taps.length - 1;
  const padded = new Float64Array(samples.length + 2 * reach);
  padded.set(Array.from(samples), reach);
  return Float64Array.from({ length: samples.length }, (_, i) => {
    let sum = taps[0]! * padded[i + reach]!;
    for (let j = 1; j <= reach; j++) sum += taps[j]! * (padded[i + reach - j]! + padded[i + reach + j]!);
    return sum;
  });
}
