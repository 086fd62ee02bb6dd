import type { LoudnessAnalysis } from '../analysis/track-analysis.ts';
import { EVEN_OCTAVES } from './loud-tones.ts';

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
  /** What each octave from 200 Hz up has of the rest of it, within two seconds; they come to 1. */
  octavesAt(sourceSeconds: number): readonly number[];
  /** Mean power of a stretch, to a tenth of a second where the analysis says as much. */
  meanPower(fromSeconds: number, toSeconds: number): number;
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
      octavesAt: () => EVEN_OCTAVES,
      meanPower: () => 10 ** (integratedLufs / 10),
      at: () => integratedLufs,
      integratedLufs,
      soundStart: 0,
      soundEnd: seconds,
    };
  }
  const { hopSeconds, hopLufs, lowShares, step, spectrum } = curve;
  const powers = powersOf(hopLufs);
  const hops = powers.length;
  const meanOfHops = meansOver(powers);
  const meanOfSteps = step && meansOver(powersOf(step.lufs));
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
    octavesAt(sourceSeconds) {
      const place = spectrum ? Math.floor(sourceSeconds / spectrum.hopSeconds) : 0;
      const shares = spectrum?.shares[Math.min(spectrum.shares.length - 1, Math.max(0, place))];
      return shares?.some((share) => share > 0) ? shares : EVEN_OCTAVES;
    },
    meanPower: (from, to) =>
      step && meanOfSteps
        ? meanOfSteps(from / step.seconds, to / step.seconds)
        : meanOfHops(from / hopSeconds, to / hopSeconds),
    at(sourceSeconds) {
      const from = Math.min(hops - 1, Math.max(0, (sourceSeconds - HALF_WINDOW_SECONDS) / hopSeconds));
      const to = Math.min(hops, Math.max(from + 1, (sourceSeconds + HALF_WINDOW_SECONDS) / hopSeconds));
      return Math.max(SILENCE_LUFS, 10 * Math.log10(meanOfHops(from, to)));
    },
    integratedLufs,
    soundStart: audible[0]! * hopSeconds,
    soundEnd: last === hops - 1 ? seconds : Math.min(seconds, (last + 1) * hopSeconds),
  };
}

function powersOf(lufs: readonly (number | null)[]): Float64Array {
  return Float64Array.from(lufs, (value) => (value === null ? 0 : 10 ** (value / 10)));
}

/** Means of values over stretches between two places among them, which may lie within a value; a stretch has some length. */
function meansOver(values: Float64Array): (from: number, to: number) => number {
  const count = values.length;
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + values[i]!;
  const sumTo = (position: number) => {
    const place = Math.min(count, Math.max(0, position));
    const whole = Math.min(count - 1, Math.floor(place));
    return sums[whole]! + (place - whole) * values[whole]!;
  };
  return (from, to) => (sumTo(to) - sumTo(from)) / (to - from);
}
