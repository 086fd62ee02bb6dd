import type { TimbreAnalysis } from '../track-analysis.ts';

/** A share of side that is as good as none. */
const NARROW = 0.001;

/**
 * Sound of a track, nothing of which changes with gain: cepstral coefficients 1 to 12 and the deviation of all 13, contrast
 * in seven bands and its deviation, centroid, roll-off and zero crossings on a logarithmic scale, spread, flatness,
 * dissonance, and width in three bands.
 * @returns null for what is not known
 */
export function timbreStatistics(timbre: TimbreAnalysis): (number | null)[] {
  const { centroidHz, spreadHz, rolloffHz, flatness, zeroCrossingsPerSecond, dissonance, mfcc, contrastDb } = timbre;
  const octaves = (statistic: { readonly mean: number; readonly deviation: number } | null) =>
    statistic === null || statistic.mean <= 0
      ? [null, null]
      : [Math.log2(statistic.mean), statistic.deviation / statistic.mean];
  const { width } = timbre.stereo;
  return [
    ...(mfcc === null ? new Array<null>(12 + 13).fill(null) : [...mfcc.mean.slice(1), ...mfcc.deviation]),
    ...(contrastDb === null ? new Array<null>(14).fill(null) : [...contrastDb.mean, ...contrastDb.deviation]),
    ...[centroidHz, spreadHz, rolloffHz, zeroCrossingsPerSecond, flatness].flatMap(octaves),
    dissonance?.mean ?? null,
    dissonance?.deviation ?? null,
    ...[width.low, width.mid, width.high].map((share) => (share === null ? null : Math.sqrt(NARROW + share))),
  ];
}
