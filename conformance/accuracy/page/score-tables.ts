import { escapeText } from '@tutti/workflows';
import type { PairedDifference } from '../compare.ts';
import type { Evaluation, Score, Tally } from '../evaluate.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metric-list.ts';
import { figure, intervalText, unitOf } from '../text-tables.ts';

/** Metrics down, programs across, with the interval of the first drawn beside the others. */
export function summarySection(evaluations: readonly [Evaluation, ...Evaluation[]]): string {
  const [first, ...others] = evaluations;
  const shown = METRIC_NAMES.filter((metric) => evaluations.some(({ scores }) => scores[metric]));
  const head = ['metric', 'files', first.program, '95 %', '', ...others.map(({ program }) => program)];
  const rows = shown.map((metric) => {
    const { title, explanation } = METRICS[metric];
    const score = first.scores[metric];
    return [
      `<th scope="row">${escapeText(title)} <small>${escapeText(explanation)}</small></th>`,
      number(String(score?.count ?? '')),
      `<td class="number own">${score ? `${figure(metric, score.value)} <small>${unitOf(metric)}</small>` : ''}</td>`,
      number(intervalText(metric, score?.interval ?? null)),
      `<td>${METRICS[metric].unit === 'share' ? intervalPlot(metric, evaluations) : ''}</td>`,
      ...others.map(({ scores }) => number(scores[metric] ? figure(metric, scores[metric].value) : '')),
    ];
  });
  return `<section><h2>Summary</h2>${table(head, rows)}</section>`;
}

const PLOT_WIDTH = 150;

/** A line from 0 to 100 % with the interval and the value of the first program, and rings for the others. */
function intervalPlot(metric: MetricName, evaluations: readonly Evaluation[]): string {
  const x = (share: number) => (4 + share * (PLOT_WIDTH - 8)).toFixed(1);
  const marks = evaluations.flatMap(({ program, scores }, i) => {
    const score = scores[metric];
    if (!score) return [];
    const title = `<title>${escapeText(`${program} ${figure(metric, score.value)}`)}</title>`;
    if (i > 0) return [`<circle class="ring" cx="${x(score.value)}" cy="9" r="3.5">${title}</circle>`];
    const [low, high] = score.interval ?? [score.value, score.value];
    return [
      `<path class="span" d="M${x(low)},9H${x(high)}"/><circle class="dot" cx="${x(score.value)}" cy="9" r="4">${title}</circle>`,
    ];
  });
  return `<svg class="interval" viewBox="0 0 ${PLOT_WIDTH} 18" width="${PLOT_WIDTH}" height="18"><path class="axis" d="M4,9H${PLOT_WIDTH - 4}"/>${marks.reverse().join('')}</svg>`;
}

export function comparisonSection(differences: readonly PairedDifference[]): string {
  if (differences.length === 0) return '';
  const rows = differences.map(({ metric, count, difference, interval, better, worse }) => {
    const sign = METRICS[metric].unit === 'share' ? 1 : -1;
    const shown = interval !== null && interval[0] * interval[1] > 0;
    const verdict = !shown ? '' : sign * difference > 0 ? 'better' : 'worse';
    return [
      `<th scope="row">${escapeText(METRICS[metric].title)}</th>`,
      number(String(count)),
      `<td class="number ${verdict}">${figure(metric, difference)}</td>`,
      number(intervalText(metric, interval)),
      number(String(better)),
      number(String(worse)),
    ];
  });
  const head = ['metric', 'files', 'difference', '95 %', 'better', 'worse'];
  return `<section><h2>Against the baseline</h2><p>Pair by pair; what is coloured has an interval without 0.</p>${table(head, rows)}</section>`;
}

/** Kinds of music down, metrics across, tinted by value. */
export function kindSection({ kinds, scores }: Evaluation): string {
  const shown = METRIC_NAMES.filter((metric) => scores[metric] && METRICS[metric].unit === 'share');
  const rows = kinds
    .filter((kind) => shown.some((metric) => kind.scores[metric]))
    .map((kind) => [
      `<th scope="row">${escapeText(kind.kind)}</th>`,
      number(String(kind.files)),
      ...shown.map((metric) => tinted(metric, kind.scores[metric])),
    ]);
  const head = ['kind', 'files', ...shown.map((metric) => METRICS[metric].title)];
  return `<section><h2>By kind</h2>${table(head, rows)}</section>`;
}

function tinted(metric: MetricName, score: Score | undefined): string {
  if (!score) return number('');
  const strength = Math.round(60 * score.value);
  return `<td class="number" style="background:color-mix(in srgb,var(--heard) ${strength}%,transparent)" title="${score.count} files">${figure(metric, score.value)}</td>`;
}

/** How often what was taken for what, as bars. */
export function tallySection(title: string, tally: readonly Tally[], right: string): string {
  const most = Math.max(1, ...tally.map(({ count }) => count));
  const bars = tally.map(
    ({ name, count }) =>
      `<div class="bar"><span>${escapeText(name)}</span><span><i class="${name === right ? 'right' : 'wrong'}" style="width:${((85 * count) / most).toFixed(1)}%"></i> <b>${count}</b></span></div>`,
  );
  return `<div><h3>${escapeText(title)}</h3>${bars.join('')}</div>`;
}

function number(text: string): string {
  return `<td class="number">${escapeText(text)}</td>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // Figures stand to the right, and so do the heads of their columns.
  const titles = head
    .map((title, i) => `<th scope="col"${i > 0 ? ' class="number"' : ''}>${escapeText(title)}</th>`)
    .join('');
  const body = rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n');
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table></div>`;
}
