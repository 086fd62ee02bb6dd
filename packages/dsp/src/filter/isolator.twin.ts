import type { BandShape } from './band.ts';
import { equaliserTwin } from './equaliser.twin.ts';

/**
 * The bands of `ThreeBandIsolator` for one channel in plain float64, with the high-passes built as such: low, middle, high.
 */
export function isolatorBandsTwin(
  samples: ArrayLike<number>,
  sampleRate: number,
  lowHz: number,
  highHz: number,
): [low: Float64Array, middle: Float64Array, high: Float64Array] {
  const twice = (input: ArrayLike<number>, shape: BandShape, frequencyHz: number) => {
    const band = { shape, frequencyHz, q: Math.SQRT1_2 };
    return equaliserTwin(input, [band, band], sampleRate);
  };
  const low = twice(samples, 'low-pass', lowHz);
  const rest = twice(samples, 'high-pass', lowHz);
  const aligned = twice(low, 'low-pass', highHz);
  const above = twice(low, 'high-pass', highHz);
  for (let i = 0; i < aligned.length; i++) aligned[i]! += above[i]!;
  return [aligned, twice(rest, 'low-pass', highHz), twice(rest, 'high-pass', highHz)];
}

/** Plain float64 form of `ThreeBandIsolator` for one channel and one block. */
export function isolatorTwin(
  samples: ArrayLike<number>,
  sampleRate: number,
  [lowHz, highHz]: readonly [number, number],
  from: readonly number[],
  to: readonly number[],
): Float64Array {
  const bands = isolatorBandsTwin(samples, sampleRate, lowHz, highHz);
  return bands[0].map((_, i) =>
    bands.reduce((sum, band, k) => sum + band[i]! * (from[k]! + ((to[k]! - from[k]!) * i) / samples.length), 0),
  );
}
