import { readFileSync, writeFileSync } from 'node:fs';
import type { Evaluation } from './evaluate.ts';
import { METRICS, type MetricName } from './metric-list.ts';
import { figure, intervalText, unitOf } from './text-tables.ts';

const BEGIN = '<!-- accuracy: written by npm run accuracy -- --write-readme -->';
const END = '<!-- accuracy: end -->';

const SHOWN: readonly MetricName[] = [
  'acc1',
  'acc1Within1',
  'acc2',
  'beatF',
  'cmlT',
  'downbeatF',
  'keyWeighted',
  'boundary05',
  'boundary3',
  'noTempo',
  'loudnessError',
  'truePeakError',
];

/** The figures as a Markdown table: each with its interval, and the best of the other programs on the same files. */
export function figuresTable(
  [tutti, ...peers]: readonly [Evaluation, ...Evaluation[]],
  day: string,
  analyser: string,
): string {
  const rows = SHOWN.filter((metric) => tutti.scores[metric]).map((metric) => {
    const { title, explanation } = METRICS[metric];
    const { count, value, interval } = tutti.scores[metric]!;
    const cells = [
      `${title}: ${explanation}`,
      String(count),
      `${figure(metric, value)} ${unitOf(metric)}`,
      intervalText(metric, interval),
      ...(peers.length > 0 ? [bestPeer(metric, peers)] : []),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['measure', 'files', 'Tutti', '95 % interval', ...(peers.length > 0 ? ['best of the peers'] : [])];
  const confidence = tutti.calibration;
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---|').join('')}`,
    ...rows,
    '',
    `Measured ${day} on ${tutti.files} files, ${analyser}.${confidence?.error ? ` Confidence of the tempo: calibration error ${confidence.error.toFixed(3)}, AUC ${confidence.area?.toFixed(3)}.` : ''}${tutti.tempoError === null ? '' : ` Median error of the tempi that are right: ${(100 * tutti.tempoError).toFixed(3)} %.`}`,
  ].join('\n');
}

function bestPeer(metric: MetricName, peers: readonly Evaluation[]): string {
  const sign = METRICS[metric].unit === 'share' ? 1 : -1;
  const ranked = peers
    .flatMap(({ program, scores }) => (scores[metric] ? [{ program, value: scores[metric].value }] : []))
    .sort((a, b) => sign * (b.value - a.value));
  return ranked[0] ? `${figure(metric, ranked[0].value)} (${ranked[0].program})` : 'none gives any';
}

/** `document` with the text between the two marks replaced. @throws Error when the marks are not there */
export function withFigures(document: string, figures: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`there is no place for figures: put ${BEGIN} and ${END} into it`);
  return `${document.slice(0, begin + BEGIN.length)}\n${figures}\n${document.slice(end)}`;
}

/** Puts the figures into a document. */
export function writeFigures(path: string, figures: string): void {
  writeFileSync(path, withFigures(readFileSync(path, 'utf8'), figures));
}
