import { backgroundOf, combAt, type Tempogram } from './tempogram.ts';

const SHORTEST_SECONDS = 0.13;
const LONGEST_SECONDS = 0.75;
const STEPS_PER_OCTAVE = 48;
/**
 * Steps below the shortest that quick pulses reach: to 0.1 s, the shortest interval that is heard as part of a rhythm.
 * Source: J. London, "Hearing in time", 2012, chapter 2.
 */
const QUICK_STEPS = 18;
/** A pulse this much weaker than the strongest one is not followed up. */
const WEAKEST = 0.02;

/** Multiples of a period at which a track is compared with itself. */
const MULTIPLES = 8;

/** Periods of pulses in frames. */
export interface PulsePeriods {
  /** The strongest between 80 and 460 a minute, best first. */
  readonly usual: readonly number[];
  /** The strongest of those up to 600 a minute, where it is stronger than all usual ones. */
  readonly quick: number | null;
}

/**
 * The strongest pulses: a beat, or something that beats are made of.
 * A pulse of period p shows in the autocorrelation at p, 2p, 3p, ... and so do its multiples 2p, 3p; in the spectrum of
 * the autocorrelation it shows at 1/p, and so do its fractions p/2, p/3. The product of both is high for p alone.
 * Source: G. Peeters, "Time variable tempo detection and beat marking", ICMC 2005 (spectrum times autocorrelation).
 * @param count of the usual ones
 */
export function pulsePeriods(tempogram: Tempogram, count: number): PulsePeriods {
  const { mean, lags, frameRate } = tempogram;
  const background = backgroundOf(tempogram);
  const steps = Math.round(Math.log2(LONGEST_SECONDS / SHORTEST_SECONDS) * STEPS_PER_OCTAVE);
  const periods = Array.from(
    { length: QUICK_STEPS + steps + 1 },
    (_, i) => SHORTEST_SECONDS * frameRate * 2 ** ((i - QUICK_STEPS) / STEPS_PER_OCTAVE),
  );
  const window = Float32Array.from(
    mean,
    (value, lag) => (lag === 0 ? 1 : 2) * (value - background) * (0.5 + 0.5 * Math.cos((Math.PI * lag) / lags)),
  );
  const strengths = periods.map((period) => {
    const comb = combAt(mean, 0, lags, period, MULTIPLES) - background;
    return comb > 0 ? comb * Math.max(0, cosineTransform(window, 1 / period)) : 0;
  });
  const peaks: { readonly period: number; readonly strength: number; readonly isQuick: boolean }[] = [];
  for (let i = 1; i + 1 < periods.length; i++) {
    const strength = strengths[i]!;
    if (strength > 0 && strength >= strengths[i - 1]! && strength > strengths[i + 1]!) {
      peaks.push({ period: periods[i]!, strength, isQuick: i <= QUICK_STEPS });
    }
  }
  peaks.sort((a, b) => b.strength - a.strength);
  const usual = peaks.filter(({ isQuick }) => !isQuick);
  return {
    usual: usual
      .slice(0, count)
      .filter(({ strength }) => strength / usual[0]!.strength >= WEAKEST)
      .map(({ period }) => period),
    quick: peaks[0]?.isQuick ? peaks[0].period : null,
  };
}

function cosineTransform(values: Float32Array, frequency: number): number {
  // cos(n w) by the recurrence of Chebyshev, which is exact enough over a few hundred lags.
  const twice = 2 * Math.cos(2 * Math.PI * frequency);
  let before = twice / 2;
  let present = 1;
  let sum = 0;
  for (let lag = 0; lag < values.length; lag++) {
    sum += values[lag]! * present;
    const next = twice * present - before;
    before = present;
    present = next;
  }
  return sum;
}
