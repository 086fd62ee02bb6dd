// The largest value of the continuous signal through samples, closer than meters of the standard find it: 8 values a
// sample by a long windowed sinc, flat to 0.45 of the sample rate.

const PHASES = 8;
/** Taps on either side. */
const REACH = 48;
/** Shape of the Kaiser window: 80 dB (J. Kaiser, "Nonrecursive digital filter design using the I0-sinh window", 1974). */
const BETA = 7.86;

function besselI0(x: number): number {
  let sum = 1;
  for (let term = 1, k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function taps(offset: number): Float64Array {
  return Float64Array.from({ length: 2 * REACH }, (_, i) => {
    const t = i - REACH + 1 - offset;
    const window = besselI0(BETA * Math.sqrt(Math.max(0, 1 - (t / REACH) ** 2))) / besselI0(BETA);
    return window * (Math.sin(Math.PI * t) / (Math.PI * t));
  });
}

const BETWEEN = Array.from({ length: PHASES - 1 }, (_, k) => taps((k + 1) / PHASES));
/** The most that a value between samples can exceed the largest of the samples that it is made of. */
const MOST_GAIN = Math.max(...BETWEEN.map((phase) => phase.reduce((sum, tap) => sum + Math.abs(tap), 0)));
/** Samples that are looked at together. */
const STEP = 32;

/** dBFS of the largest magnitude of one channel, between the samples too; -Infinity for silence. */
export function finePeakDb(samples: Float64Array): number {
  const padded = new Float64Array(samples.length + 4 * REACH + STEP);
  padded.set(samples, 2 * REACH);
  let peak = 0;
  for (const value of samples) peak = Math.max(peak, Math.abs(value));
  for (let from = REACH; from < samples.length + 3 * REACH; from += STEP) {
    let around = 0;
    for (let i = from - REACH + 1; i < from + STEP + REACH; i++) around = Math.max(around, Math.abs(padded[i]!));
    if (around * MOST_GAIN <= peak) continue;
    for (let n = from; n < from + STEP; n++) {
      for (const phase of BETWEEN) {
        let value = 0;
        for (let k = 0; k < 2 * REACH; k++) value += phase[k]! * padded[n - REACH + 1 + k]!;
        peak = Math.max(peak, Math.abs(value));
      }
    }
  }
  return 20 * Math.log10(peak);
}
