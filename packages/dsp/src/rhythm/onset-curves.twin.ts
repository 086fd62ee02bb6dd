import type { Levelling } from './onset-curves.ts';

function meanAround(values: readonly number[], i: number, reach: number): number {
  const near = values.slice(Math.max(0, i - reach), i + reach + 1);
  return near.reduce((sum, value) => sum + value, 0) / near.length;
}

/** The definition of `levelledRises`, plainly. */
export function levelledRisesTwin(curve: Float32Array, { background, around, floor }: Levelling): number[] {
  const values = Array.from(curve);
  const rises = values.map((value, i) => Math.max(0, value - meanAround(values, i, background)));
  const squares = rises.map((rise) => rise * rise);
  const level = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / curve.length);
  if (level < 1e-6) return rises.map(() => 0);
  return rises.map((rise, i) => rise / (Math.sqrt(meanAround(squares, i, around)) + floor * level));
}

/** The definition of the strength of accents, plainly. */
export function accentsTwin(curve: Float32Array, reach: number): number[] {
  const mean = curve.reduce((sum, value) => sum + value, 0) / curve.length;
  return Array.from(curve, (_, i) => Math.max(...curve.subarray(Math.max(0, i - reach), i + reach + 1)) / mean);
}

/** The definition of `blockPhases`, plainly. */
export function blockPhasesTwin(curve: Float32Array, block: number, period: number): number[] {
  return Array.from({ length: 2 * Math.ceil(curve.length / block) }, (_, i) => {
    const part = i % 2 === 0 ? Math.cos : Math.sin;
    const first = (i >> 1) * block;
    return curve
      .subarray(first, first + block)
      .reduce((sum, value, t) => sum + value * part((2 * Math.PI * (first + t)) / period), 0);
  });
}
