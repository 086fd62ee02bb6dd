import { equaliserTwin } from '../filter/equaliser.twin.ts';
import type { StereoWidthOptions } from './stereo-width.ts';

/** Plain float64 form of `StereoWidth` with settings that stand still, by middle and side. */
export function stereoWidthTwin(
  [left, right]: readonly [Float32Array, Float32Array],
  { sampleRate, width, monoBelowHz }: StereoWidthOptions,
): [left: Float64Array, right: Float64Array] {
  const middle = Float64Array.from(left, (value, i) => (value + right[i]!) / 2);
  const side = Float64Array.from(left, (value, i) => (value - right[i]!) / 2);
  const kept =
    monoBelowHz === null
      ? side
      : equaliserTwin(side, [{ shape: 'high-pass', frequencyHz: monoBelowHz, q: Math.SQRT1_2 }], sampleRate);
  return [middle.map((value, i) => value + width * kept[i]!), middle.map((value, i) => value - width * kept[i]!)];
}
