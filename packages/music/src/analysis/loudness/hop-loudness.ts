import { gatedLufs } from '@tutti/dsp';

const USUAL_DIGITS = 100;

/**
 * Loudness of stretches that follow each other without a gap, every moment counting alike: so sums over several of them are
 * right, too, where a beat falls on their borders.
 * @param energies of the meter's steps
 * @param steps that a stretch lasts, at least 1
 * @param digits what a value is rounded to is one of so many
 * @returns LUFS of every whole stretch, to two digits unless told; null up to -70 LUFS
 */
export function hopLoudness(energies: Float64Array, steps: number, digits = USUAL_DIGITS): (number | null)[] {
  return Array.from({ length: Math.floor(energies.length / steps) }, (_, hop) => {
    const stretch = energies.subarray(hop * steps, (hop + 1) * steps);
    const lufs = gatedLufs(stretch.reduce((sum, energy) => sum + energy, 0) / steps);
    return lufs === null ? null : Math.round(digits * lufs) / digits;
  });
}
