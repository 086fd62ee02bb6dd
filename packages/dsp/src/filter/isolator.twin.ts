import { crossoverTwin } from './crossover.twin.ts';

/** Plain float64 form of `ThreeBandIsolator` for one channel and one block. */
export function isolatorTwin(
  samples: ArrayLike<number>,
  sampleRate: number,
  crossoverHz: readonly [number, number],
  from: readonly number[],
  to: readonly number[],
): Float64Array {
  const bands = crossoverTwin(samples, sampleRate, crossoverHz);
  return Float64Array.from(samples, (_, i) =>
    bands.reduce((sum, band, k) => sum + band[i]! * (from[k]! + ((to[k]! - from[k]!) * i) / samples.length), 0),
  );
}
