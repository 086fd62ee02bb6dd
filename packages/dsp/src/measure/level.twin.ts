import type { Level } from './level.ts';

/** Plain float64 form of `LevelMeter` for one channel. */
export function levelTwin(samples: ArrayLike<number>): Level {
  let samplePeak = 0;
  let sum = 0;
  let squares = 0;
  const isFull = (i: number) => Math.abs(samples[i] ?? 0) >= 1 - 2 ** -15;
  let clipped = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    samplePeak = Math.max(samplePeak, Math.abs(value));
    sum += value;
    squares += value * value;
    // In a run of four and more when the samples before and behind make up four.
    let first = i;
    let last = i;
    while (isFull(first - 1)) first--;
    while (isFull(last + 1)) last++;
    if (isFull(i) && last - first >= 3) clipped++;
  }
  const rms = Math.sqrt(squares / samples.length);
  return {
    samplePeak,
    rms,
    mean: sum / samples.length,
    clippedShare: clipped / samples.length,
    crestDb: 20 * Math.log10(samplePeak / rms),
  };
}
