import type { PairedDifference } from './compare.ts';
import type { Evaluation, Score, Tally } from './evaluate.ts';
import { METRIC_NAMES, METRICS, type MetricName } from './metric-list.ts';
import type { Interval } from './metrics/bootstrap.ts';

/** A figure in the unit of its metric, without the unit: percent to one decimal, others to two. */
export function figure(metric: MetricName, value: number): string {
  return METRICS[metric].unit === 'share' ? (100 * value).toFixed(1) : value.toFixed(2);
}

/** Unit as it stands behind a title. */
export function unitOf(metric: MetricName): string {
  const { unit } = METRICS[metric];
  return unit === 'share' ? '%' : unit;
}

export function intervalText(metric: MetricName, interval: Interval | null): string {
  return interval === null ? '' : `${figure(metric, interval[0])} to ${figure(metric, interval[1])}`;
}

/** Rows of cells in columns: the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function scoreText(metric: MetricName, score: Score | undefined): string {
  return score === undefined ? '-' : figure(metric, score.value);
}

/** Metrics down, programs across; beside the first its interval and number of files. */
export function summaryTable(evaluations: readonly Evaluation[]): string {
  const first = evaluations[0]!;
  const shown = METRIC_NAMES.filter((metric) => evaluations.some(({ scores }) => scores[metric]));
  return columns([
    ['metric', 'files', ...evaluations.flatMap(({ program }, i) => (i === 0 ? [program, '95 % interval'] : [program]))],
    ...shown.map((metric) => [
      `${METRICS[metric].title}, ${unitOf(metric)}`,
      String(evaluations.find(({ scores }) => scores[metric])?.scores[metric]?.count ?? 0),
      ...evaluations.flatMap(({ scores }, i) => {
        const text = scoreText(metric, scores[metric]);
        return i === 0 ? [text, intervalText(metric, first.scores[metric]?.interval ?? null)] : [text];
      }),
    ]),
  ]);
}

/** Kinds of music down, metrics across. */
export function kindTable({ kinds, scores }: Evaluation, metrics: readonly MetricName[]): string {
  const shown = metrics.filter((metric) => scores[metric]);
  return columns([
    ['kind', 'files', ...shown.map((metric) => METRICS[metric].title)],
    ...kinds.map(({ kind, files, scores }) => [
      kind,
      String(files),
      ...shown.map((metric) => scoreText(metric, scores[metric])),
    ]),
  ]);
}

export function comparisonTable(differences: readonly PairedDifference[]): string {
  return columns([
    ['against the baseline', 'files', 'difference', '95 % interval', 'better', 'worse'],
    ...differences.map(({ metric, count, difference, interval, better, worse }) => [
      METRICS[metric].title,
      String(count),
      figure(metric, difference),
      intervalText(metric, interval),
      String(better),
      String(worse),
    ]),
  ]);
}

/** What was taken for what, one line each. */
export function confusionLines({ tempoRatios, keyRelations }: Evaluation): string[] {
  const counts = (tally: readonly Tally[]) => tally.map(({ name, count }) => `${name}: ${count}`).join('  ');
  return [`tempo, heard to true   ${counts(tempoRatios)}`, `key, heard to true     ${counts(keyRelations)}`];
}

/** Precision, calibration, lattice and speed, one line each. */
export function remarks({ tempoError, calibration, lattice, realTimeFactor }: Evaluation): string[] {
  const lines: string[] = [];
  if (tempoError !== null) {
    lines.push(`error of right tempi   median ${(100 * tempoError).toFixed(4)} %`);
  }
  if (calibration) {
    const three = (value: number | null) => (value === null ? '-' : value.toFixed(3));
    const range = (interval: Interval | null) =>
      interval === null ? '' : ` (${three(interval[0])} to ${three(interval[1])})`;
    lines.push(
      `confidence of tempo    ECE ${three(calibration.error)}${range(calibration.errorInterval)}, ` +
        `AUC ${three(calibration.area)}${range(calibration.areaInterval)} on ${calibration.count} files`,
    );
  }
  if (lattice) {
    lines.push(
      `lattice of tempi       ${(100 * lattice.share).toFixed(0)} % on ${lattice.sampleRate} Hz / ${lattice.hop}, ` +
        `by chance ${(100 * lattice.byChance).toFixed(0)} %`,
    );
  }
  if (realTimeFactor !== null) lines.push(`speed                  ${realTimeFactor.toFixed(0)} times real time (CPU)`);
  return lines;
}
