import type { Loudness } from '@tutti/dsp';

/** The meter's short-term values, a second. */
const METER_RATE = 10;
const WINDOW_SECONDS = 3;
/** Windows this far under the whole are passages that were left quiet, as in the gate of the loudness range. */
const RELATIVE_GATE_LU = -20;

/**
 * Smallest ratio of true peak to short-term loudness (PSR) in windows of 3 s, moved by 1 s.
 * @param secondPeaks largest true peak of each second, linear
 * @returns dB; null when no window is above -70 LUFS and within 20 LU of the integrated loudness
 */
export function smallestPeakToShortTerm(
  secondPeaks: readonly number[],
  { integratedLufs, shortTerm }: Loudness,
): number | null {
  if (integratedLufs === null) return null;
  let smallest: number | null = null;
  for (let second = 0; METER_RATE * second < shortTerm.length; second++) {
    const lufs = shortTerm[METER_RATE * second]!;
    const peak = Math.max(...secondPeaks.slice(second, second + WINDOW_SECONDS));
    if (lufs <= integratedLufs + RELATIVE_GATE_LU || peak === 0) continue;
    const ratio = 20 * Math.log10(peak) - lufs;
    if (smallest === null || ratio < smallest) smallest = ratio;
  }
  return smallest;
}
