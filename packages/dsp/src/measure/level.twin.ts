import type { Level } from './level.ts';

/** Plain float64 form of `LevelMeter` for one channel. */
export function levelTwin(samples: ArrayLike<number>): Level {
  let samplePeak = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    samplePeak = Math.max(samplePeak, Math.abs(value));
    sum += value;
    squares += value * value;
  }
  const rms = Math.sqrt(squares / samples.length);
  return { samplePeak, rms, mean: sum / samples.length, crestDb: 20 * Math.log10(samplePeak / rms) };
}
