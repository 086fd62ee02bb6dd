import type { LoudnessAnalysis } from '../analysis/track-analysis.ts';

/** Half of the window that short-term loudness is measured over (EBU Tech 3341: 3 s). */
export const HALF_WINDOW_SECONDS = 1.5;
/** Under the track's own loudness by this much it counts as silence around the music. */
const SILENCE_BELOW_LU = 20;
const SILENCE_LUFS = -70;
/** What bass usually has of the loudness, where the analysis does not say. */
const USUAL_LOW_SHARE = 0.25;

/** How loud a track is where, by source time, before any gain. */
export interface LocalLoudness {
  /** Power of the moment, within half a second: 10^(LUFS / 10). */
  powerAt(sourceSeconds: number): number;
  /** Share of that power that goes when the bass is taken away, 0 to 1. */
  lowShareAt(sourceSeconds: number): number;
  /** LUFS of the 3 s around a time, or of what the track has of them; silence is -70. */
  at(sourceSeconds: number): number;
  readonly integratedLufs: number;
  /** Where the sound begins and ends, to within half a second. */
  readonly soundStart: number;
  readonly soundEnd: number;
}

/** Null when the analysis has no loudness; without a curve the track is taken as even from end to end. */
export function localLoudnessOf({ integratedLufs, curve }: LoudnessAnalysis, seconds: number): LocalLoudness | null {
  if (integratedLufs === null) return null;
  const floor = integratedLufs - SILENCE_BELOW_LU;
  const audible = curve?.hopLufs.flatMap((value, i) => (value !== null && value > floor ? [i] : [])) ?? [];
  if (!curve || audible.length === 0) {
    return {
      powerAt: () => 10 ** (integratedLufs / 10),
      lowShareAt: () => USUAL_LOW_SHARE,
      at: () => integratedLufs,
      integratedLufs,
      soundStart: 0,
      soundEnd: seconds,
    };
  }
  const { hopSeconds, hopLufs, lowShares } = curve;
  const powers = Float64Array.from(hopLufs, (lufs) => (lufs === null ? 0 : 10 ** (lufs / 10)));
  const hops = powers.length;
  // Power over all time before each hop.
  const sums = new Float64Array(hops + 1);
  for (let i = 0; i < hops; i++) sums[i + 1] = sums[i]! + powers[i]!;
  const sumTo = (position: number) => {
    const whole = Math.min(hops - 1, Math.floor(position));
    return sums[whole]! + (position - whole) * powers[whole]!;
  };
  /** Between the values of the hops whose middles lie around a time. */
  const between = (values: ArrayLike<number>, sourceSeconds: number) => {
    const position = Math.min(hops - 1, Math.max(0, sourceSeconds / hopSeconds - 0.5));
    const below = Math.floor(position);
    const share = position - below;
    return values[below]! * (1 - share) + values[Math.min(hops - 1, below + 1)]! * share;
  };
  const last = audible.at(-1)!;
  return {
    powerAt: (sourceSeconds) => between(powers, sourceSeconds),
    lowShareAt: (sourceSeconds) => between(lowShares, sourceSeconds),
    at(sourceSeconds) {
      const from = Math.min(hops - 1, Math.max(0, (sourceSeconds - HALF_WINDOW_SECONDS) / hopSeconds));
      const to = Math.min(hops, Math.max(from + 1, (sourceSeconds + HALF_WINDOW_SECONDS) / hopSeconds));
      return Math.max(SILENCE_LUFS, 10 * Math.log10((sumTo(to) - sumTo(from)) / (to - from)));
    },
    integratedLufs,
    soundStart: audible[0]! * hopSeconds,
    soundEnd: last === hops - 1 ? seconds : Math.min(seconds, (last + 1) * hopSeconds),
  };
}
