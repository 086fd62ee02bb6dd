/** An excerpt's part of a series of the whole song. */
export interface SeenPart {
  /** Index of the first value in the series. */
  readonly start: number;
  /** What was measured behind the stages. */
  readonly values: Float64Array;
  /** Values at both ends that are not as they would be in the song: its past, its future is missing. */
  readonly skipStart: number;
  readonly skipEnd: number;
}

/** Most groups of levels. */
const MOST_GROUPS = 10;
/** Fewest values of a group. */
const LEAST_VALUES = 12;
/** Softer values take part in nothing: the meter's curves stop at -70 LUFS. */
const SILENCE = 1.2e-7;

/**
 * What a series of energies becomes behind stages that were tried on parts of the song only. The stages' gain depends on the
 * level: the parts are sorted by it into groups of equal size, each group's gain is the energy behind over that before, and
 * what was not tried gets the gain of its level, by straight lines between the groups. What was tried keeps what it became.
 * This is a ratio estimate with post-stratification; with the whole song tried it is exact.
 * @param before energies of the whole song, or what is known to be proportional to what goes into the stages
 * Source: W. G. Cochran, "Sampling Techniques", 3rd edition (1977), chapters 5A and 6.
 */
export function estimateBehind(before: Float64Array, parts: readonly SeenPart[]): Float64Array {
  const seen = parts.flatMap(({ start, values, skipStart, skipEnd }) =>
    Array.from({ length: Math.max(0, values.length - skipStart - skipEnd) }, (_, i) => ({
      index: start + skipStart + i,
      energy: values[skipStart + i]!,
    })),
  );
  const gain = gainByLevel(
    seen
      .filter(({ index }) => (before[index] ?? 0) > SILENCE)
      .map(({ index, energy }) => ({ before: before[index]!, behind: energy })),
  );
  const behind = before.map((energy) => energy * gain(energy));
  for (const { index, energy } of seen) if (index < behind.length) behind[index] = energy;
  return behind;
}

interface Pair {
  readonly before: number;
  readonly behind: number;
}

/** Gain of an energy, as a function of it. */
function gainByLevel(pairs: readonly Pair[]): (energy: number) => number {
  if (pairs.length === 0) return () => 1;
  const sorted = pairs.toSorted((a, b) => a.before - b.before);
  const count = Math.max(1, Math.min(MOST_GROUPS, Math.floor(sorted.length / LEAST_VALUES)));
  const points = Array.from({ length: count }, (_, group) => {
    const members = sorted.slice(
      Math.floor((group * sorted.length) / count),
      Math.floor(((group + 1) * sorted.length) / count),
    );
    const before = members.reduce((sum, pair) => sum + pair.before, 0);
    const behind = members.reduce((sum, pair) => sum + pair.behind, 0);
    return { level: Math.log(before / members.length), gain: behind / before };
  });
  return (energy) => {
    const level = Math.log(Math.max(energy, Number.MIN_VALUE));
    const next = points.findIndex((point) => point.level >= level);
    if (next === 0 || points.length === 1) return points[0]!.gain;
    if (next < 0) return points.at(-1)!.gain;
    const [a, b] = [points[next - 1]!, points[next]!];
    return a.gain + ((b.gain - a.gain) * (level - a.level)) / Math.max(1e-9, b.level - a.level);
  };
}
