// How even the loudness of a mix stays where two tracks are joined, from a curve of short-term loudness alone.

/** Steps of the curve, and the window that each value covers (EBU Tech 3341). */
const VALUES_PER_SECOND = 10;
const WINDOW_SECONDS = 3;
/** Either side of a join that it is compared with. */
const SURROUNDINGS_SECONDS = 10;
/** The absolute gate of ITU-R BS.1770: softer is silence, however far below. */
const SILENT_LUFS = -70;

/** Short-term loudness of a mix, LUFS, ten values a second. */
export interface ShortTermCurve {
  readonly values: ArrayLike<number>;
  /** Where in the mix the 3 s of the first value end. */
  readonly firstEndSeconds: number;
}

/** LUFS and LU; null where the mix has no such windows. */
export interface JoinLoudness {
  /** Median short-term loudness of the windows that lie before the join, and of those behind it. */
  readonly beforeLufs: number | null;
  readonly afterLufs: number | null;
  /** How far any window that touches the join lies outside of these two; above 0 too loud, below 0 too quiet. */
  readonly deviationLu: number | null;
}

export function joinLoudness({ values, firstEndSeconds }: ShortTermCurve, start: number, end: number): JoinLoudness {
  const place = (seconds: number) => (seconds - firstEndSeconds) * VALUES_PER_SECOND;
  /** Windows that end after a moment and not after another. */
  const endingWithin = (from: number, to: number) => {
    const first = Math.max(0, Math.floor(place(from) + 1e-6) + 1);
    const past = Math.min(values.length, Math.floor(place(to) + 1e-6) + 1);
    return Array.from({ length: Math.max(0, past - first) }, (_, i) => heard(values[first + i]!));
  };
  const beforeLufs = median(endingWithin(start - SURROUNDINGS_SECONDS, start));
  const afterLufs = median(endingWithin(end + WINDOW_SECONDS, end + WINDOW_SECONDS + SURROUNDINGS_SECONDS));
  if (beforeLufs === null || afterLufs === null) return { beforeLufs, afterLufs, deviationLu: null };
  const low = Math.min(beforeLufs, afterLufs);
  const high = Math.max(beforeLufs, afterLufs);
  const outside = endingWithin(start, end + WINDOW_SECONDS).map((value) =>
    value > high ? value - high : Math.min(0, value - low),
  );
  const deviationLu = outside.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return { beforeLufs, afterLufs, deviationLu };
}

function heard(lufs: number): number {
  return Number.isNaN(lufs) ? SILENT_LUFS : Math.max(lufs, SILENT_LUFS);
}

/** The upper one of two in the middle; null of none. */
function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
