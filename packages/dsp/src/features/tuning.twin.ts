import type { TuningOptions } from './tuning.ts';

/** The definition, plainly, of one spectrum. */
export function tuningTwin(spectrum: Float32Array, options: TuningOptions): number[] {
  const { binsPerSemitone, lowestBin, prominence } = options;
  const sums = [0, 0, 0, 0, 0, 0];
  for (let bin = lowestBin; bin + 1 < spectrum.length; bin++) {
    const [below, centre, above] = [spectrum[bin - 1]!, spectrum[bin]!, spectrum[bin + 1]!];
    if (centre <= below || centre < above || centre < 1e-9) continue;
    const [left, middle, right] = [below, centre, above].map((value) => Math.log(value + 1e-9));
    const stands = 2 * middle! - left! - right!;
    const turns = (bin + (0.5 * (right! - left!)) / stands) / binsPerSemitone;
    const weight = Math.sqrt(centre);
    const own = [weight, weight * Math.cos(2 * Math.PI * turns), weight * Math.sin(2 * Math.PI * turns)];
    own.forEach((value, i) => {
      sums[i] = sums[i]! + value;
      if (stands > prominence) sums[i + 3] = sums[i + 3]! + value;
    });
  }
  return sums;
}
