import type { LagPictureOptions } from './lag-picture.ts';

/** One value of the picture by its definition, plainly. */
export function lagPictureTwin(
  curve: Float32Array,
  { window, hop }: LagPictureOptions,
  column: number,
  lag: number,
): number {
  const start = Math.round((column + 0.5) * hop - window.length / 2);
  const frame = Array.from(window, (weight, i) => weight * (curve[start + i] ?? 0));
  const alike = (values: ArrayLike<number>, at: number) =>
    Array.from(values).reduce((sum, value, i) => sum + value * (values[i + at] ?? 0), 0);
  const power = alike(frame, 0);
  return power > 0 ? (alike(frame, lag) / power) * (alike(window, 0) / alike(window, lag)) : 0;
}
