import type { Statistic } from '../timbre/statistics.ts';
import { stereoImage } from '../timbre/stereo-image.ts';
import { CURVE_SECONDS, type TimbreWeights } from '../timbre/timbre-analysis.ts';
import type { StatisticSeries, TimbreAnalysis } from '../track-analysis.ts';
import { joinCurve } from './join-curve.ts';
import type { Reel } from './reel.ts';

/**
 * Timbre of a sound that was heard in reels: means and deviations over all frames in which something is heard, beside the
 * level of its reel; the stereo image over all frames; onsets counted in what each reel speaks for. Danceability is the mean
 * over the reels, by length.
 */
export function joinTimbre(reels: readonly Reel[]): TimbreAnalysis {
  const statistic = (of: (timbre: TimbreAnalysis) => Statistic | null, weight: keyof TimbreWeights = 'spectrum') =>
    pooled(reels.map(({ timbre, timbreWeights }) => ({ statistic: of(timbre), weight: timbreWeights[weight] })));
  const series = (of: (timbre: TimbreAnalysis) => StatisticSeries | null, weight: keyof TimbreWeights) =>
    seriesOf(
      reels.map(({ timbre }) => of(timbre)),
      (statistics) =>
        pooled(statistics.map((each, i) => ({ statistic: each, weight: reels[i]!.timbreWeights[weight] }))),
    );
  const sums = reels.map(({ stereo }) => stereo);
  return {
    centroidHz: statistic(({ centroidHz }) => centroidHz),
    spreadHz: statistic(({ spreadHz }) => spreadHz),
    rolloffHz: statistic(({ rolloffHz }) => rolloffHz),
    flatness: statistic(({ flatness }) => flatness),
    contrastDb: series(({ contrastDb }) => contrastDb, 'spectrum'),
    mfcc: series(({ mfcc }) => mfcc, 'mel'),
    zeroCrossingsPerSecond: statistic(({ zeroCrossingsPerSecond }) => zeroCrossingsPerSecond),
    onsetsPerSecond: meanOf(reels, ({ onsetsPerSecond }) => onsetsPerSecond),
    dissonance: statistic(({ dissonance }) => dissonance, 'dissonance'),
    stereo: stereoImage({
      frames: sums.reduce((sum, { frames }) => sum + frames, 0),
      columns: sums[0]!.columns.map((_, i) => sums.reduce((sum, { columns }) => sum + columns[i]!, 0)),
    }),
    danceability: meanOf(reels, ({ danceability }) => danceability),
    curve: {
      hopSeconds: CURVE_SECONDS,
      centroidHz: joinCurve<number | null>(
        reels,
        CURVE_SECONDS,
        ({ own, timbre }) => ({ start: own.start, values: timbre.curve.centroidHz }),
        null,
      ),
    },
  };
}

/** Mean and deviation of all that several are the means and deviations of; null when that is nothing. */
function pooled(parts: readonly { readonly statistic: Statistic | null; readonly weight: number }[]): Statistic | null {
  const known = parts.flatMap(({ statistic, weight }) => (statistic === null ? [] : [{ ...statistic, weight }]));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  const mean = known.reduce((sum, part) => sum + part.weight * part.mean, 0) / weights;
  const squares = known.reduce((sum, part) => sum + part.weight * (part.deviation ** 2 + (part.mean - mean) ** 2), 0);
  return { mean, deviation: Math.sqrt(squares / weights) };
}

function seriesOf(
  parts: readonly (StatisticSeries | null)[],
  pool: (statistics: readonly (Statistic | null)[]) => Statistic | null,
): StatisticSeries | null {
  const length = parts.find((part) => part !== null)?.mean.length;
  if (length === undefined) return null;
  const statistics = Array.from({ length }, (_, i) =>
    pool(parts.map((part) => part && { mean: part.mean[i]!, deviation: part.deviation[i]! })),
  );
  return {
    mean: statistics.map((statistic) => statistic?.mean ?? 0),
    deviation: statistics.map((statistic) => statistic?.deviation ?? 0),
  };
}

/** Mean over the reels, by how long something is heard in them. */
function meanOf(reels: readonly Reel[], of: (timbre: TimbreAnalysis) => number | null): number | null {
  let weights = 0;
  let sum = 0;
  for (const { timbre, timbreWeights } of reels) {
    const value = of(timbre);
    if (value === null) continue;
    weights += timbreWeights.span;
    sum += timbreWeights.span * value;
  }
  return weights > 0 ? sum / weights : null;
}
