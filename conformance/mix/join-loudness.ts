// How even the loudness of a mix stays where two tracks are joined, from a curve of short-term loudness alone.

/** Steps of the curve, and the window that each value covers: value i the 3 s that end at (i + 1) / 10 s (EBU Tech 3341). */
const VALUES_PER_SECOND = 10;
const WINDOW_SECONDS = 3;
/** Either side of a join that it is compared with. */
const SURROUNDINGS_SECONDS = 10;

export interface JoinLoudness {
  /** Median short-term loudness of the windows that lie before the join, and of those behind it. */
  readonly beforeLufs: number;
  readonly afterLufs: number;
  /** How far any window that touches the join lies outside of these two, LU; above 0 too loud, below 0 too quiet. */
  readonly deviationLu: number;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** @param shortTermLufs as `measureWithFfmpeg` gives it */
export function joinLoudness(shortTermLufs: readonly number[], start: number, end: number): JoinLoudness {
  const endingWithin = (from: number, to: number) =>
    shortTermLufs.slice(
      Math.max(0, Math.ceil(from * VALUES_PER_SECOND)),
      Math.max(0, Math.floor(to * VALUES_PER_SECOND)),
    );
  const beforeLufs = median(endingWithin(start - SURROUNDINGS_SECONDS, start));
  const afterLufs = median(endingWithin(end + WINDOW_SECONDS, end + WINDOW_SECONDS + SURROUNDINGS_SECONDS));
  const low = Math.min(beforeLufs, afterLufs);
  const high = Math.max(beforeLufs, afterLufs);
  const outside = endingWithin(start, end + WINDOW_SECONDS).map((value) =>
    value > high ? value - high : Math.min(0, value - low),
  );
  const deviationLu = outside.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return { beforeLufs, afterLufs, deviationLu };
}
