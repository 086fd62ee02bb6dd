import type { MixTransition } from '@tutti/music/mixing';
import { levelMarks, lineChart, timeMarks } from '../report-page/line-chart.ts';
import { clockTime } from '../svg-text.ts';

/** Shown on either side of a transition. */
const BESIDE_SECONDS = 12;
const SMALLEST_SPAN_LU = 12;
const MOST_POINTS = 400;

/** Short-term loudness through a transition, which begins and ends at the dashed lines. */
export function transitionChart(
  { start, end }: MixTransition,
  mixSeconds: number,
  points: readonly { readonly time: number; readonly value: number | null }[],
): string {
  const from = Math.max(0, start - BESIDE_SECONDS);
  const to = Math.max(from + 1, Math.min(mixSeconds, end + BESIDE_SECONDS));
  const inside = points.filter(({ time }) => time >= from && time <= to);
  const known = inside.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return '';
  const every = Math.ceil(inside.length / MOST_POINTS);
  const top = Math.ceil(known.reduce((a, b) => Math.max(a, b)) + 1);
  const bottom = Math.min(top - SMALLEST_SPAN_LU, Math.floor(known.reduce((a, b) => Math.min(a, b)) - 1));
  const border = (at: number) => ({
    className: 'aim',
    points: [
      [at, bottom],
      [at, top],
    ] as const,
  });
  return lineChart({
    description: `short-term loudness from ${clockTime(from)} to ${clockTime(to)} of the mix`,
    height: 130,
    x: { from, to },
    y: { from: bottom, to: top },
    xMarks: timeMarks(from, to, clockTime),
    yMarks: levelMarks(bottom, top, 4),
    unit: 'LUFS',
    lines: [
      { className: 'after', points: inside.filter((_, i) => i % every === 0).map(({ time, value }) => [time, value]) },
      border(start),
      border(end),
    ],
  });
}
