import { atLag, type Tempogram } from './tempogram.ts';

const SHORTEST_SECONDS = 0.13;
const LONGEST_SECONDS = 0.75;
const STEPS_PER_OCTAVE = 48;
/** A pulse this much weaker than the strongest one is not followed up. */
const WEAKEST = 0.02;

/** A steady pulse that runs through a track: a beat, or something that beats are made of. */
export interface PulseCandidate {
  readonly periodFrames: number;
  /** 0 to 1, relative to the strongest candidate */
  readonly strength: number;
}

/**
 * The strongest pulses between 80 and 460 a minute, best first.
 * A pulse of period p shows in the autocorrelation at p, 2p, 3p, ... and so do its multiples 2p, 3p; in the spectrum of
 * the autocorrelation it shows at 1/p, and so do its fractions p/2, p/3. The product of both is high for p alone.
 * Source: G. Peeters, "Time variable tempo detection and beat marking", ICMC 2005 (spectrum times autocorrelation).
 */
export function pulseCandidates({ mean, lags, frameRate }: Tempogram, count: number): PulseCandidate[] {
  const background = mean.subarray(Math.round(0.2 * frameRate)).reduce((a, b) => a + b, 0) / lags;
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
    const comb = combOf(mean, lags, period) - background;
    return comb > 0 ? comb * Math.max(0, cosineTransform(window, 1 / period)) : 0;
  });
  const peaks: PulseCandidate[] = [];
  for (let i = 1; i < steps; i++) {
    const strength = strengths[i]!;
    if (strength > 0 && strength >= strengths[i - 1]! && strength > strengths[i + 1]!) {
      peaks.push({ periodFrames: periods[i]!, strength });
    }
  }
  peaks.sort((a, b) => b.strength - a.strength);
  const top = peaks[0]?.strength ?? 1;
  return peaks
    .slice(0, count)
    .map(({ periodFrames, strength }) => ({ periodFrames, strength: strength / top }))
    .filter(({ strength }) => strength >= WEAKEST);
}

/** Mean of the autocorrelation at the multiples of a period, the k-th with weight 1 / k. */
function combOf(mean: Float32Array, lags: number, period: number): number {
  let sum = 0;
  let weights = 0;
  for (let k = 1; k <= 8 && k * period < lags - 1; k++) {
    sum += atLag(mean, 0, lags, k * period) / k;
    weights += 1 / k;
  }
  return sum / weights;
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
