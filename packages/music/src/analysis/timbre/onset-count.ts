/** A peak is the largest within so many frames to each side: 30 ms. */
const PEAK_FRAMES = 3;
/** It stands over the mean from so many frames before to so many behind. */
const MEAN_BEFORE = 10;
const MEAN_AFTER = 7;
/** By this much, in nepers of mean rise over all bands: the least of which stationary noise has about one in ten seconds. */
const THRESHOLD = 0.06;

/**
 * How many onsets there are: peaks of the onset curve.
 * Source of the peak picker: S. Böck, F. Krebs and M. Schedl, "Evaluating the online capabilities of onset detection
 * methods", ISMIR 2012 (windows of 30 ms for the maximum, 100 and 70 ms for the mean, 30 ms between two onsets).
 * @param onset onset strength of `FeatureStream`, about 100 values a second
 */
export function countOnsets(onset: Float32Array): number {
  let onsets = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < onset.length; i++) {
    if (i - last <= PEAK_FRAMES || onset[i]! < THRESHOLD) continue;
    if (onset[i]! < largest(onset, i - PEAK_FRAMES, i + PEAK_FRAMES)) continue;
    if (onset[i]! < mean(onset, i - MEAN_BEFORE, i + MEAN_AFTER) + THRESHOLD) continue;
    onsets += 1;
    last = i;
  }
  return onsets;
}

function largest(values: Float32Array, from: number, to: number): number {
  let result = 0;
  for (let i = Math.max(0, from); i <= Math.min(values.length - 1, to); i++) result = Math.max(result, values[i]!);
  return result;
}

function mean(values: Float32Array, from: number, to: number): number {
  const first = Math.max(0, from);
  const last = Math.min(values.length - 1, to);
  let sum = 0;
  for (let i = first; i <= last; i++) sum += values[i]!;
  return sum / (last - first + 1);
}
