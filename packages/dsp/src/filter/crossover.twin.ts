import type { BandShape } from './band.ts';
import { equaliserTwin } from './equaliser.twin.ts';

/** Bands of one channel in plain float64, with the high-passes built as such, from the lowest on. */
export function crossoverTwin(
  samples: ArrayLike<number>,
  sampleRate: number,
  crossoverHz: readonly number[],
): Float64Array[] {
  const twice = (input: ArrayLike<number>, shape: BandShape, frequencyHz: number) => {
    const band = { shape, frequencyHz, q: Math.SQRT1_2 };
    return equaliserTwin(input, [band, band], sampleRate);
  };
  const low = (input: ArrayLike<number>, frequencyHz: number) => twice(input, 'low-pass', frequencyHz);
  const high = (input: ArrayLike<number>, frequencyHz: number) => twice(input, 'high-pass', frequencyHz);
  const allPass = (input: ArrayLike<number>, frequencyHz: number) => {
    const above = high(input, frequencyHz);
    return low(input, frequencyHz).map((value, i) => value + above[i]!);
  };
  const [first = 0, second = 0, third = 0] = crossoverHz;
  if (crossoverHz.length === 1) return [low(samples, first), high(samples, first)];
  if (crossoverHz.length === 2) {
    const rest = high(samples, first);
    return [allPass(low(samples, first), second), low(rest, second), high(rest, second)];
  }
  const lower = allPass(low(samples, second), third);
  const upper = allPass(high(samples, second), first);
  return [low(lower, first), high(lower, first), low(upper, third), high(upper, third)];
}
