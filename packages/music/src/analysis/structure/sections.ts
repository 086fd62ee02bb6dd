import type { BarFeatures } from './bar-features.ts';
import { barDirections } from './likeness.ts';
import { type BarSpan, partsOf } from './parts.ts';
import { type Segmentation, segment } from './segmentation.ts';

/**
 * A bar is compared with the mean of this many bars to each side: what is new is new beside what surrounds it, and a long
 * set of many tracks does not drown the changes within one.
 */
const SURROUNDING_BARS = 32;

/** A section of a track, in bars. */
export interface BarSection extends BarSpan {
  /** Same number, same music; from 0 in order of appearance. */
  readonly part: number;
  /** That it begins where it is said to, 0 to 1; the first section begins with the sound: 1. */
  readonly confidence: number;
}

/** Cuts a track where its bars change. @param counted as for `sectionsOf` */
export function cutBars(features: BarFeatures, counted: boolean): Segmentation {
  return segment(barDirections(features, SURROUNDING_BARS), counted);
}

/**
 * Cuts a track into sections and finds out which of them are the same music.
 * @param counted whether bars are musical bars, so that their number matters
 */
export function sectionsOf(features: BarFeatures, counted: boolean): BarSection[] {
  const { bars } = features;
  const { borders } = cutBars(features, counted);
  const starts = [{ bar: 0, confidence: 1 }, ...borders];
  const spans = starts.map(({ bar }, i) => ({ firstBar: bar, endBar: starts[i + 1]?.bar ?? bars }));
  const parts = partsOf(barDirections(features, Number.POSITIVE_INFINITY), spans);
  return spans.map((span, i) => ({ ...span, part: parts[i]!, confidence: starts[i]!.confidence }));
}
