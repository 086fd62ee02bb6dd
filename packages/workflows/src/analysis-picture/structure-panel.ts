import { round } from '../svg-text.ts';
import { opacityPng } from './opacity-png.ts';
import { COLUMN_WIDTH, type Panel, strokes, TITLE_HEIGHT, titleLine } from './panel.ts';
import type { AnalysisPicture } from './picture-data.ts';

const SIDE = COLUMN_WIDTH;
const FIT_HEIGHT = 56;
/** Blue-grey that is seen on white and on black. */
const COLOUR = [92, 110, 150] as const;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How alike the bars are, with the sections that were heard as steps below the diagonal and the true ones above it, and
 * below how well a border fits each bar, with the borders.
 */
export function structurePanel({ line: { structure }, evidence: { bars }, truth }: AnalysisPicture): Panel | null {
  if (!structure || !bars) return null;
  const { rows, starts, likeness, borderFit, barsPerRow } = bars;
  const place = (time: number) => round((rowAt(starts, time) / rows) * SIDE);
  const image = opacityPng(rows, rows, COLOUR, contrasted(likeness)).toString('base64');
  const top = TITLE_HEIGHT;
  const fitTop = top + SIDE + 8;
  const bottom = fitTop + FIT_HEIGHT;
  const highest = Math.max(...borderFit, 1e-9);
  const curve = borderFit
    .map((value, bar) => {
      const x = round((bar / (rows * barsPerRow)) * SIDE);
      return `${x},${round(bottom - (value / highest) * (FIT_HEIGHT - 4))}`;
    })
    .join('L');
  const borders = (spans: readonly Span[]) => spans.slice(1).map(({ start }) => place(start));
  const known = truth?.sections ?? [];
  const body = [
    `<rect class="frame" y="${top}" width="${SIDE}" height="${SIDE}" rx="4"/>`,
    `<image y="${top}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,${image}"/>`,
    `<path class="heard" d="${structure.sections.map((span) => corner(span, place, top, 'below')).join('')}"/>`,
    known.length > 0
      ? `<path class="known" d="${known.map((span) => corner(span, place, top, 'above')).join('')}"/>`
      : '',
    `<rect class="frame" y="${fitTop}" width="${SIDE}" height="${FIT_HEIGHT}" rx="4"/>`,
    `<path class="curve" d="M${curve}"/>`,
    strokes(borders(known), fitTop, FIT_HEIGHT / 2, 'known'),
    strokes(borders(structure.sections), fitTop + FIT_HEIGHT / 2, FIT_HEIGHT / 2, 'heard'),
    titleLine(
      'likeness of the bars, and how well a border fits each',
      known.length > 0 ? 'sections: true above, heard below' : '',
      SIDE,
    ),
  ];
  return { title: 'self-similarity and sections', width: SIDE, height: bottom, body: body.join('') };
}

/** Row at a moment, with its fraction: rows are bars, which need not take equally long. */
function rowAt(starts: readonly number[], time: number): number {
  const rows = starts.length - 1;
  const next = starts.findIndex((start) => start > time);
  if (next === 0) return 0;
  if (next < 0) return rows;
  return next - 1 + (time - starts[next - 1]!) / (starts[next]! - starts[next - 1]!);
}

/** Two sides of a section's square on the diagonal, those on one side of it. */
function corner({ start, end }: Span, place: (time: number) => number, top: number, side: 'above' | 'below'): string {
  const [from, to] = [place(start), place(end)];
  const turn = side === 'above' ? `H${to}V${round(top + to)}` : `V${round(top + to)}H${to}`;
  return `M${from},${round(top + from)}${turn}`;
}

/** Spreads likeness over 0 to 1: what is less alike than the 5th percentile is empty, the diagonal full. */
function contrasted(likeness: Float32Array): Float32Array {
  const sorted = Float32Array.from(likeness).sort();
  const least = sorted[Math.floor(0.05 * sorted.length)]!;
  const most = sorted[Math.floor(0.98 * sorted.length)]!;
  return likeness.map((value) => Math.max(0, Math.min(1, (value - least) / Math.max(most - least, 1e-6))));
}
