/** Levels of third octaves against each other. */
export interface BalanceCurve {
  readonly name: string;
  readonly source: string;
  /** Ascending; straight lines in dB over octaves between them, level beyond the outer ones. */
  readonly points: readonly { readonly frequencyHz: number; readonly levelDb: number }[];
  /** How far songs are from it without a fault: the same between two frequencies, and more beyond by so much an octave. */
  readonly tolerance: {
    readonly fromHz: number;
    readonly toHz: number;
    readonly decibels: number;
    readonly decibelsPerOctave: number;
  };
}

/** How far from a curve is near enough, dB. */
export function toleranceAt({ tolerance }: BalanceCurve, frequencyHz: number): number {
  const { fromHz, toHz, decibels, decibelsPerOctave } = tolerance;
  const beyond = Math.max(0, Math.log2(fromHz / frequencyHz), Math.log2(frequencyHz / toHz));
  return decibels + decibelsPerOctave * beyond;
}

/** Value at a frequency of points that straight lines over octaves join; 0 when there are none. */
export function valueAt(
  points: readonly (readonly [frequencyHz: number, value: number])[],
  frequencyHz: number,
): number {
  const next = points.findIndex(([hertz]) => hertz >= frequencyHz);
  if (next === 0) return points[0]![1];
  if (next < 0) return points.at(-1)?.[1] ?? 0;
  const [fromHz, from] = points[next - 1]!;
  const [toHz, to] = points[next]!;
  return from + ((to - from) * Math.log(frequencyHz / fromHz)) / Math.log(toHz / fromHz);
}
