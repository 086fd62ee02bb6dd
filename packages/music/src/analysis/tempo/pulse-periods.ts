import { backgroundOf, combAt, type Tempogram } from './tempogram.ts';

const SHORTEST_SECONDS = 0.13;
const LONGEST_SECONDS = 0.75;
const STEPS_PER_OCTAVE = 48;
/** A pulse this much weaker than the strongest one is not followed up. */
const WEAKEST = 0.02;

/** Multiples of a period at which a track is compared with itself. */
const MULTIPLES = 8;

/**
 * The strongest pulses between 80 and 460 a minute, best first: a beat, or something that beats are made of.
 * A pulse of period p shows in the autocorrelation at p, 2p, 3p, ... and so do its multiples 2p, 3p; in the spectrum of
 * the autocorrelation it shows at 1/p, and so do its fractions p/2, p/3. The product of both is high for p alone.
 * Source: G. Peeters, "Time variable tempo detection and beat marking", ICMC 2005 (spectrum times autocorrelation).
 * @returns periods in frames
 */
export function pulsePeriods(tempogram: Tempogram, count: number): number[] {
  const { mean, lags, frameRate } = tempogram;
  const background = backgroundOf(tempogram);
  const steps = Math.round(Math.log2(LONGEST_SECONDS / SHORTEST_SECONDS) * STEPS_PER_OCTAVE);
  const periods = Array.from(
    { length: steps + 1 },
    (_, i) => SHORTEST_SECONDS * frameRate * 2 ** (i / STEPS_PER_OCTAVE),
  );
  const window = Float32Array.from(
    mean,
    (value, lag) => (lag === 0 ? 1 : 2) * (value - background) * (0.5 + 0.5 * Math.cos((Math.PI * lag) / lags)),
  );
  const strengths = periods.map((period) => {
    const comb = combAt(mean, 0, lags, period, MULTIPLES) - background;
    return comb > 0 ? comb * Math.max(0, cosineTransform(window, 1 / period)) : 0;
  });
  const peaks: { readonly period: number; readonly strength: number }[] = [];
  for (let i = 1; i < steps; i++) {
    const strength = strengths[i]!;
    if (strength > 0 && strength >= strengths[i - 1]! && strength > strengths[i + 1]!) {
      peaks.push({ period: periods[i]!, strength });
    }
  }
  peaks.sort((a, b) => b.strength - a.strength);
  return peaks
    .slice(0, count)
    .filter(({ strength }) => strength / peaks[0]!.strength >= WEAKEST)
    .map(({ period }) => period);
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
