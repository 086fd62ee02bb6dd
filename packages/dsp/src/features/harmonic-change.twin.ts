import type { SpectrumSums } from './harmonic-change.ts';

/** Sum of each bin from one moment to another, each frame counting for what is covered of it, plainly. */
export function sumBetweenTwin({ frames, bins, sums }: SpectrumSums, from: number, to: number): number[] {
  const total = new Array<number>(bins).fill(0);
  for (let frame = 0; frame < frames; frame++) {
    const covered = Math.min(to, frame + 1) - Math.max(from, frame);
    if (covered <= 0) continue;
    for (let bin = 0; bin < bins; bin++) {
      total[bin] = total[bin]! + covered * (sums[(frame + 1) * bins + bin]! - sums[frame * bins + bin]!);
    }
  }
  return total;
}

/** The definition of a change, plainly. */
export function spectralChangeTwin(spectra: SpectrumSums, from: number, here: number, to: number): number {
  const [before, after] = [sumBetweenTwin(spectra, from, here), sumBetweenTwin(spectra, here, to)];
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const lengths = Math.sqrt(product(before, before) * product(after, after));
  return lengths > 0 ? Math.max(0, 1 - product(before, after) / lengths) : 0;
}
