import type { AccentCurves } from './accent-curves.ts';
import type { BeatCandidate } from './tactus.ts';

/** Beats that cycles above the beat may have. */
const CYCLES = [2, 3, 4] as const;
/** Keeps the ratio within reason where all moments of a place are alike. */
const FLOOR = 1e-9;

/** How clearly a beat is part of a metre: one level of it would do to be followed, but neighbours of it tell which. */
export interface MetricalHierarchy {
  /** How much the ticks within a beat differ by their place in it; 0 where ticks are the beats. */
  readonly below: number;
  /** How much beats differ by their place in a cycle of two, three or four, whichever tells most. */
  readonly above: number;
}

/**
 * Looks for levels next to a beat. A metre is at least two levels, of which one is the beat (M. Yeston, "The
 * stratification of musical rhythm", 1976): a row of moments without another level is seldom what people tap.
 */
export function metricalHierarchy(
  { beats, row, group }: BeatCandidate,
  { compressed }: AccentCurves,
): MetricalHierarchy {
  const contrast = (moments: Float64Array, cycle: number) =>
    compressed.reduce((sum, curve) => sum + cycleContrast(accentsAt(curve, moments), cycle), 0) / compressed.length;
  return {
    below: group === 1 ? 0 : contrast(row.frames, group),
    above: Math.max(...CYCLES.map((cycle) => contrast(beats, cycle))),
  };
}

/**
 * How much values differ by their place in a cycle: ln(1 + F), with F of a one-way analysis of variance, the variance
 * between places against that within them. About 0.7 where they do not differ, whatever their number.
 */
export function cycleContrast(values: Float64Array, cycle: number): number {
  const sums = new Float64Array(cycle);
  const squares = new Float64Array(cycle);
  const counts = new Float64Array(cycle);
  values.forEach((value, i) => {
    const place = i % cycle;
    sums[place] = sums[place]! + value;
    squares[place] = squares[place]! + value * value;
    counts[place] = counts[place]! + 1;
  });
  const mean = sums.reduce((a, b) => a + b, 0) / values.length;
  let between = 0;
  let within = 0;
  sums.forEach((sum, place) => {
    if (counts[place] === 0) return;
    const own = sum / counts[place]!;
    between += counts[place]! * (own - mean) ** 2;
    within += Math.max(0, squares[place]! - sum * own);
  });
  const freedom = Math.max(1, values.length - cycle);
  return Math.log(1 + between / (cycle - 1) / (within / freedom + FLOOR));
}

function accentsAt(curve: Float32Array, moments: Float64Array): Float64Array {
  return moments.map((moment) => curve[Math.round(moment)]!);
}
