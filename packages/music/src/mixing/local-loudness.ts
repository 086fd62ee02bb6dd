import type { LoudnessAnalysis } from '../analysis/track-analysis.ts';

/** Length of the window that short-term loudness is measured over (EBU Tech 3341). */
const WINDOW_SECONDS = 3;
/** Under the track's own loudness by this much it counts as silence around the music. */
const SILENCE_BELOW_LU = 20;

/** How loud a track is where: its short-term loudness by source time, before any gain. */
export interface LocalLoudness {
  /** LUFS of the 3 s around a time; silence is -70. */
  at(sourceSeconds: number): number;
  readonly integratedLufs: number;
  /** Where the sound begins and ends, to within a second or two. */
  readonly soundStart: number;
  readonly soundEnd: number;
}

const SILENCE_LUFS = -70;

/** Null when the analysis has no loudness; without a curve the track is taken as even from end to end. */
export function localLoudnessOf(loudness: LoudnessAnalysis, seconds: number): LocalLoudness | null {
  const { integratedLufs, curve } = loudness;
  if (integratedLufs === null) return null;
  const values = curve?.shortTermLufs ?? [];
  const audible = values.flatMap((value, i) =>
    value !== null && value > integratedLufs - SILENCE_BELOW_LU ? [i] : [],
  );
  if (!curve || audible.length === 0)
    return { at: () => integratedLufs, integratedLufs, soundStart: 0, soundEnd: seconds };
  const { hopSeconds } = curve;
  // The first windows have no value because the track is younger than they are long, not because it is silent.
  const firstWhole = Math.min(values.length - 1, Math.ceil(WINDOW_SECONDS / hopSeconds - 1e-9) - 1);
  const level = (index: number) => values[Math.min(values.length - 1, Math.max(firstWhole, index))] ?? SILENCE_LUFS;
  const endOf = (index: number) => (index + 1) * hopSeconds;
  const first = audible[0]!;
  const last = audible.at(-1)!;
  return {
    at: (sourceSeconds) => {
      // The window around a time ends half its length later.
      const position = (sourceSeconds + WINDOW_SECONDS / 2) / hopSeconds - 1;
      const below = Math.floor(position);
      const share = position - below;
      return level(below) * (1 - share) + level(below + 1) * share;
    },
    integratedLufs,
    soundStart: first <= firstWhole ? 0 : Math.max(0, endOf(first) - WINDOW_SECONDS / 2),
    soundEnd: last === values.length - 1 ? seconds : Math.min(seconds, endOf(last) - WINDOW_SECONDS / 2),
  };
}
