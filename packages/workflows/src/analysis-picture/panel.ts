import { escapeText } from '../svg-text.ts';

/** A part of a picture, drawn from (0, 0). */
export interface Panel {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** SVG elements in the classes of ANALYSIS_PICTURE_STYLE. */
  readonly body: string;
}

/** Widths of panels: over the whole picture, and in one of two columns. */
export const FULL_WIDTH = 976;
export const COLUMN_WIDTH = 480;
/** Height of the line above a panel's drawing. */
export const TITLE_HEIGHT = 22;

/** The line above a drawing: what it shows, and to the right what the colours say. */
export function titleLine(title: string, note: string, width: number): string {
  const right = note && `<text class="sub" x="${width}" y="14" text-anchor="end">${escapeText(note)}</text>`;
  return `<text class="name" x="0" y="14">${escapeText(title)}</text>${right}`;
}

/** Vertical strokes at some places, as one path; empty when there are none. */
export function strokes(places: readonly number[], top: number, height: number, className: string): string {
  if (places.length === 0) return '';
  return `<path class="${className}" d="${places.map((x) => `M${x},${top}v${height}`).join('')}"/>`;
}

/** The area under values at equal steps, from 0 at `bottom`. */
export function area(values: readonly number[], x: (index: number) => number, y: (value: number) => number): string {
  const line = values.map((value, i) => `${x(i)},${y(value)}`).join('L');
  return values.length === 0 ? '' : `M${x(0)},${y(0)}L${line}L${x(values.length - 1)},${y(0)}Z`;
}
