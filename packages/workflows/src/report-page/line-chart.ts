import { escapeText, round } from '../svg-text.ts';

export const CHART_WIDTH = 960;
const LEFT = 48;
const BOTTOM = 22;
const TOP = 8;

/** A scale from values to coordinates. */
export type Scale = (value: number) => number;

export interface Line {
  /** Class of the style sheet: `before`, `after`, `aim` or `gain`. */
  readonly className: string;
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** Filled down to the bottom of the chart. */
  readonly filled?: boolean;
}

export interface LineChart {
  /** For those who cannot see it. */
  readonly description: string;
  readonly height: number;
  readonly x: { readonly from: number; readonly to: number; readonly logarithmic?: boolean };
  readonly y: { readonly from: number; readonly to: number };
  readonly xMarks: readonly (readonly [value: number, label: string])[];
  readonly yMarks: readonly number[];
  readonly unit: string;
  readonly lines: readonly Line[];
}

/** Curves over two axes, as an SVG element. A curve is broken where its value is null. */
export function lineChart({ description, height, x, y, xMarks, yMarks, unit, lines }: LineChart): string {
  const place = x.logarithmic ? Math.log : (value: number) => value;
  const first = place(x.from);
  const across: Scale = (value) =>
    round(LEFT + ((place(value) - first) / (place(x.to) - first || 1)) * (CHART_WIDTH - LEFT));
  const bottom = height - BOTTOM;
  const up: Scale = (value) => {
    const inside = Math.min(Math.max(value, Math.min(y.from, y.to)), Math.max(y.from, y.to));
    return round(bottom - ((inside - y.from) / (y.to - y.from)) * (bottom - TOP));
  };
  const rows = yMarks.map(
    (value) =>
      `<path class="grid" d="M${LEFT},${up(value)}H${CHART_WIDTH}"/><text x="${LEFT - 6}" y="${up(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const columns = xMarks.map(([value, label]) => {
    const at = across(value);
    const anchor = at > CHART_WIDTH - 30 ? 'end' : at < LEFT + 20 ? 'start' : 'middle';
    return `<path class="grid" d="M${at},${TOP}V${bottom}"/><text x="${at}" y="${height - 6}" text-anchor="${anchor}">${label}</text>`;
  });
  return [
    `<svg class="chart" viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escapeText(description)}">`,
    ...rows,
    ...columns,
    `<text x="0" y="${height - 6}">${escapeText(unit)}</text>`,
    ...lines.map((line) => drawLine(line, across, up, bottom)),
    '</svg>',
  ].join('\n');
}

function drawLine({ className, points, filled = false }: Line, across: Scale, up: Scale, bottom: number): string {
  const runs: (readonly [number, number])[][] = [];
  let run: [number, number][] | undefined;
  for (const [x, y] of points) {
    if (y === null) run = undefined;
    else if (run) run.push([x, y]);
    else {
      run = [[x, y]];
      runs.push(run);
    }
  }
  const path = runs
    .map((each) => {
      const line = each.map(([x, y]) => `${across(x)},${up(y)}`).join('L');
      return filled ? `M${across(each[0]![0])},${bottom}L${line}L${across(each.at(-1)![0])},${bottom}Z` : `M${line}`;
    })
    .join('');
  return `<path class="${className}${filled ? ' filled' : ''}" d="${path}"/>`;
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400];
const MOST_TIME_MARKS = 12;

/** Moments to write below a time axis, seconds. */
export function timeMarks(from: number, to: number, word: (seconds: number) => string): [number, string][] {
  const step = TIME_STEPS.find((each) => (to - from) / each <= MOST_TIME_MARKS) ?? to - from;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => {
    const at = (first + i) * step;
    return [at, word(at)];
  });
}

/** Round values between two ends, about `most` of them at most. */
export function levelMarks(from: number, to: number, most: number): number[] {
  const step = [1, 2, 3, 5, 6, 10, 12, 20, 30].find((each) => (to - from) / each <= most) ?? 60;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => first + i * step);
}
