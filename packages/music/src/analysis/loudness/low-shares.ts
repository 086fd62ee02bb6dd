import type { Features } from '@tutti/dsp';

/**
 * What the K-weighting of BS.1770 makes of the power of the three bands, about: kicks and basses between 50 and 120 Hz
 * come 2 dB down, what lies above 4 kHz 4 dB up.
 */
const WEIGHTS = { low: 0.6, mid: 1.2, high: 2.5 } as const;
const DIGITS = 1000;

/**
 * About what share of a track's loudness, as power, its lowest band has: what a mixer takes away with the bass.
 * @param count values; value i covers `windowSeconds` up to (i + 1) * hopSeconds
 * @returns 0 to 1, to three digits; 0 in silence
 */
export function lowShares(
  { bandEnergies, frameRate, frames }: Features,
  count: number,
  hopSeconds: number,
  windowSeconds: number,
): number[] {
  const { low, mid, high } = bandEnergies;
  // Sums over all frames before each.
  const lowSums = new Float64Array(frames + 1);
  const allSums = new Float64Array(frames + 1);
  for (let i = 0; i < frames; i++) {
    const own = WEIGHTS.low * low[i]!;
    lowSums[i + 1] = lowSums[i]! + own;
    allSums[i + 1] = allSums[i]! + own + WEIGHTS.mid * mid[i]! + WEIGHTS.high * high[i]!;
  }
  return Array.from({ length: count }, (_, i) => {
    const end = (i + 1) * hopSeconds;
    const to = Math.min(frames, Math.round(end * frameRate));
    const from = Math.max(0, Math.min(to, Math.round((end - windowSeconds) * frameRate)));
    const all = allSums[to]! - allSums[from]!;
    return all > 0 ? Math.round((DIGITS * (lowSums[to]! - lowSums[from]!)) / all) / DIGITS : 0;
  });
}
