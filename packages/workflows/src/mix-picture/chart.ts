import { clockTime, round } from '../svg-text.ts';

export interface Chart {
  readonly title: string;
  readonly points: readonly { readonly time: number; readonly value: number | null }[];
  readonly colour: string;
  /** The value axis spans at least this much, so that a flat curve looks flat. */
  readonly smallestSpan: number;
  /** Values below are drawn at the bottom. */
  readonly floor: number;
}

interface Box {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

/** What is drawn along time: shapes, which grow with the time axis, and what is written over them, which does not. */
export interface Drawn {
  readonly shapes: string;
  readonly words: string;
}

/** A curve with its range written beside it; broken where a value is null. */
export function curveChart(chart: Chart, x: (time: number) => number, box: Box): Drawn {
  const known = chart.points.flatMap(({ value }) => (value === null ? [] : [Math.max(value, chart.floor)]));
  const frame = `<rect class="frame" x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" rx="4"/>`;
  const title = `<text class="small" x="${box.left + 8}" y="${box.top + 15}">${chart.title}</text>`;
  if (known.length === 0) return { shapes: frame, words: title };
  const lowest = known.reduce((a, b) => Math.min(a, b));
  const highest = known.reduce((a, b) => Math.max(a, b));
  const padding = Math.max(0, chart.smallestSpan - (highest - lowest)) / 2;
  const from = lowest - padding;
  const span = highest + padding - from || 1;
  const y = (value: number) =>
    round(box.top + box.height - 8 - ((Math.max(value, chart.floor) - from) / span) * (box.height - 30));
  let path = '';
  let pen = 'M';
  for (const { time, value } of chart.points) {
    if (value === null) pen = 'M';
    else {
      path += `${pen}${x(time)},${y(value)}`;
      pen = 'L';
    }
  }
  const range = `${lowest.toFixed(1)} to ${highest.toFixed(1)}`;
  return {
    shapes: `${frame}\n<path class="curve" stroke="${chart.colour}" d="${path}"/>`,
    words: `${title}\n<text class="small range" x="${box.left + box.width - 8}" y="${box.top + 15}" text-anchor="end">${range}</text>`,
  };
}

/** Steps of the time axis in seconds, the finest first. */
const STEPS = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
const MOST_LABELS = 24;

/** Vertical lines and times along the whole picture. */
export function axis(seconds: number, x: (time: number) => number, top: number, bottom: number): Drawn {
  const step = STEPS.find((candidate) => seconds / candidate <= MOST_LABELS) ?? seconds;
  const lines: string[] = [];
  const labels: string[] = [];
  for (let time = 0; time <= seconds; time += step) {
    // A label at the very end would run out of the picture.
    const anchor = time > 0.96 * seconds ? ' text-anchor="end"' : '';
    lines.push(`<path class="grid" d="M${x(time)},${top}V${bottom}"/>`);
    labels.push(`<text class="small" x="${x(time)}" y="${bottom + 16}"${anchor}>${clockTime(time)}</text>`);
  }
  return { shapes: lines.join('\n'), words: labels.join('\n') };
}
