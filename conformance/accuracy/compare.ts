import type { Evaluation } from './evaluate.ts';
import { METRIC_NAMES, METRICS, type MetricName } from './metric-list.ts';
import { bootstrapInterval, type Interval, meanOf } from './metrics/bootstrap.ts';

/** How one program does against another on the files that both were measured on, pair by pair. */
export interface PairedDifference {
  readonly metric: MetricName;
  readonly count: number;
  /** Mean of new less old, and its 95 % interval: one that holds 0 has shown nothing. */
  readonly difference: number;
  readonly interval: Interval | null;
  /** Files that the new one does better or worse on. */
  readonly better: number;
  readonly worse: number;
}

/** Differences closer to 0 than this are rounding. */
const ROUNDING = 1e-12;

export function compare(now: Evaluation, baseline: Evaluation): PairedDifference[] {
  return METRIC_NAMES.flatMap((metric) => {
    const differences = Object.entries(now.perFile).flatMap(([id, scores]) => {
      const [ours, theirs] = [scores[metric], baseline.perFile[id]?.[metric]];
      return ours === undefined || theirs === undefined ? [] : [ours - theirs];
    });
    if (differences.length === 0) return [];
    const sign = METRICS[metric].unit === 'share' ? 1 : -1;
    return [
      {
        metric,
        count: differences.length,
        difference: meanOf(differences),
        interval: bootstrapInterval(differences, meanOf),
        better: differences.filter((difference) => sign * difference > ROUNDING).length,
        worse: differences.filter((difference) => sign * difference < -ROUNDING).length,
      },
    ];
  });
}
