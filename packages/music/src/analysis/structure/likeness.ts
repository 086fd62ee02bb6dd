import type { BarFeatures, BarView } from './bar-features.ts';

/** Below this share of the usual length a deviation is rounding noise of a track that does not change. */
const LEAST_LENGTH = 1e-3;

/** A direction for each bar: the product of two is how alike the bars are, from -1 to 1. */
export interface BarDirections {
  readonly bars: number;
  readonly dimensions: number;
  /** [bars][dimensions] length 1, or 0 for a bar that is like the mean of those around it */
  readonly values: Float32Array;
}

/**
 * Turns the views of each bar into one direction, such that the product of two is the mean over the views of the
 * correlation of the two bars: how much both differ in the same way from what surrounds them.
 * @param reachBars bars on each side whose mean a bar is compared with; Infinity for the whole track
 */
export function barDirections({ bars, views }: BarFeatures, reachBars: number): BarDirections {
  const dimensions = views.reduce((sum, view) => sum + view.dimensions, 0);
  const values = new Float32Array(bars * dimensions);
  let offset = 0;
  for (const view of views) {
    const deviations = reachBars < bars ? fromSurroundings(view, bars, reachBars) : view.values;
    for (let bar = 0; bar < bars; bar++) {
      const row = deviations.subarray(bar * view.dimensions, (bar + 1) * view.dimensions);
      let squares = 0;
      for (let d = 0; d < view.dimensions; d++) squares += row[d]! * row[d]!;
      const length = Math.sqrt(squares);
      if (length < LEAST_LENGTH * Math.sqrt(view.dimensions)) continue;
      const scale = 1 / (length * Math.sqrt(views.length));
      for (let d = 0; d < view.dimensions; d++) values[bar * dimensions + offset + d] = row[d]! * scale;
    }
    offset += view.dimensions;
  }
  return { bars, dimensions, values };
}

/** How alike two bars are, -1 to 1. */
export function likeness({ dimensions, values }: BarDirections, a: number, b: number): number {
  const first = a * dimensions;
  const second = b * dimensions;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += values[first + d]! * values[second + d]!;
  return sum;
}

function fromSurroundings({ dimensions, values }: BarView, bars: number, reachBars: number): Float32Array {
  const deviations = new Float32Array(values.length);
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    let first = 0;
    let end = 0;
    for (let bar = 0; bar < bars; bar++) {
      for (; end < Math.min(bars, bar + reachBars + 1); end++) sum += values[end * dimensions + d]!;
      for (; first < bar - reachBars; first++) sum -= values[first * dimensions + d]!;
      deviations[bar * dimensions + d] = values[bar * dimensions + d]! - sum / (end - first);
    }
  }
  return deviations;
}
