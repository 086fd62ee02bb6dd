import type { LoudnessAnalysis } from '../analysis/track-analysis.ts';

/** Length of the window that short-term loudness is measured over (EBU Tech 3341). */
const WINDOW_SECONDS = 3;
/** Under the track's own loudness by this much it counts as silence around the music. */
const SILENCE_BELOW_LU = 20;

/** How loud a track is where: its short-term loudness by source time, before any gain. */
export interface LocalLoudness {
  /** LUFS of the 3 s around a time; silence is -70. */
  at(sourceSeconds: number): number;
  /** Share of that power that goes when the bass is taken away, 0 to 1. */
  lowShareAt(sourceSeconds: number): number;
  readonly integratedLufs: number;
  /** Where the sound begins and ends, to within a second or two. */
  readonly soundStart: number;
  readonly soundEnd: number;
}

const SILENCE_LUFS = -70;
/** What bass usually has of the loudness, where the analysis does not say. */
const USUAL_LOW_SHARE = 0.25;

/** Null when the analysis has no loudness; without a curve the track is taken as even from end to end. */
export function localLoudnessOf(loudness: LoudnessAnalysis, seconds: number): LocalLoudness | null {
  const { integratedLufs, curve } = loudness;
  if (integratedLufs === null) return null;
  const values = curve?.shortTermLufs ?? [];
  const audible = values.flatMap((value, i) =>
    value !== null && value > integratedLufs - SILENCE_BELOW_LU ? [i] : [],
  );
  if (!curve || audible.length === 0) {
    const lowShareAt = () => USUAL_LOW_SHARE;
    return { at: () => integratedLufs, lowShareAt, integratedLufs, soundStart: 0, soundEnd: seconds };
  }
  const { hopSeconds, lowShares } = curve;
  // The first windows have no value because the track is younger than they are long, not because it is silent.
  const firstWhole = Math.min(values.length - 1, Math.ceil(WINDOW_SECONDS / hopSeconds - 1e-9) - 1);
  const within = (index: number) => Math.min(values.length - 1, Math.max(firstWhole, index));
  /** Between the values of the two windows nearest to one around a time; a window ends half its length later. */
  const between = (valueAt: (index: number) => number, sourceSeconds: number) => {
    const position = (sourceSeconds + WINDOW_SECONDS / 2) / hopSeconds - 1;
    const below = Math.floor(position);
    const share = position - below;
    return valueAt(within(below)) * (1 - share) + valueAt(within(below + 1)) * share;
  };
  const endOf = (index: number) => (index + 1) * hopSeconds;
  const first = audible[0]!;
  const last = audible.at(-1)!;
  return {
    at: (sourceSeconds) => between((index) => values[index] ?? SILENCE_LUFS, sourceSeconds),
    lowShareAt: (sourceSeconds) => between((index) => lowShares?.[index] ?? USUAL_LOW_SHARE, sourceSeconds),
    integratedLufs,
    soundStart: first <= firstWhole ? 0 : Math.max(0, endOf(first) - WINDOW_SECONDS / 2),
    soundEnd: last === values.length - 1 ? seconds : Math.min(seconds, endOf(last) - WINDOW_SECONDS / 2),
  };
}
