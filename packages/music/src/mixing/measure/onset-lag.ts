// How far apart the onsets of two signals lie. Shares nothing with the analysis, the planner or the kernels: plain float64,
// time domain only, so that an error there cannot hide here.

/** Length of an envelope step in seconds. */
const STEP_SECONDS = 0.001;
/** Centre frequencies of the bands in Hz: kick, snare body, and the noise of hats. */
const BANDS_HZ = [80, 400, 2500, 8000];

/** Band-pass by the two-pole resonator of the Audio EQ Cookbook (constant peak gain), Q 0.7. */
function bandPass(signal: ArrayLike<number>, sampleRate: number, centreHz: number): Float64Array {
  const omega = (2 * Math.PI * centreHz) / sampleRate;
  const alpha = Math.sin(omega) / (2 * 0.7);
  const a0 = 1 + alpha;
  const b0 = alpha / a0;
  const a1 = (-2 * Math.cos(omega)) / a0;
  const a2 = (1 - alpha) / a0;
  const output = new Float64Array(signal.length);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < signal.length; i++) {
    const x = signal[i]!;
    const y = b0 * (x - x2) - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    output[i] = y;
  }
  return output;
}

/** Onset strength each millisecond: the rise of the level in dB, summed over bands; falls count nothing. */
export function onsetEnvelope(signal: ArrayLike<number>, sampleRate: number): Float64Array {
  const step = sampleRate * STEP_SECONDS;
  const steps = Math.floor(signal.length / step);
  const envelope = new Float64Array(steps);
  for (const centreHz of BANDS_HZ) {
    if (centreHz > 0.45 * sampleRate) continue;
    const band = bandPass(signal, sampleRate, centreHz);
    // Fast attack, slow release: the rise of an onset stays at its first millisecond, ripple of the wave does not count.
    const release = Math.exp(-1 / (0.03 * sampleRate));
    const level = new Float64Array(steps);
    let peak = 0;
    let at = 0;
    for (let k = 0; k < steps; k++) {
      for (const end = Math.round((k + 1) * step); at < end; at++) peak = Math.max(Math.abs(band[at]!), peak * release);
      level[k] = 20 * Math.log10(peak + 1e-4);
    }
    for (let k = 3; k < steps; k++) envelope[k]! += Math.max(0, level[k]! - level[k - 3]! - 1);
  }
  return envelope;
}

/** Parts that a stretch is cut into to see how far its lag hangs on any one of them. */
const PARTS = 4;

export interface OnsetLag {
  /** By how much the onsets of the second signal come after those of the first. */
  readonly lagSeconds: number;
  /** How far the lag moves when one quarter of the stretch is left out: large where there is no common rhythm. */
  readonly spreadSeconds: number;
}

/**
 * The lag at which the onsets of two signals agree best.
 * @param longestLagSeconds lags to either side that are tried
 * @returns a spread of twice the longest lag when one of the two has no onsets
 */
export function onsetLag(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  sampleRate: number,
  longestLagSeconds: number,
): OnsetLag {
  const a = onsetEnvelope(first, sampleRate);
  const b = onsetEnvelope(second, sampleRate);
  const longest = Math.round(longestLagSeconds / STEP_SECONDS);
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const from = Math.floor((part * a.length) / PARTS);
    return correlation(a, b, from, Math.floor(((part + 1) * a.length) / PARTS), longest);
  });
  const whole = sumOf(parts);
  if (whole.every((value) => value === 0)) return { lagSeconds: 0, spreadSeconds: 2 * longestLagSeconds };
  const lagSeconds = (peakOf(whole) - longest) * STEP_SECONDS;
  const without = parts.map((_, left) => peakOf(sumOf(parts.filter((_, part) => part !== left))));
  return { lagSeconds, spreadSeconds: (Math.max(...without) - Math.min(...without)) * STEP_SECONDS };
}

/** Correlation of the steps `from` to `to` of `a` with those of `b`, for each lag from `-longest` to `longest`. */
function correlation(a: Float64Array, b: Float64Array, from: number, to: number, longest: number): number[] {
  return Array.from({ length: 2 * longest + 1 }, (_, index) => {
    const lag = index - longest;
    let sum = 0;
    for (let i = Math.max(from, -lag); i < Math.min(to, b.length - lag); i++) sum += a[i]! * b[i + lag]!;
    return sum;
  });
}

function sumOf(curves: readonly (readonly number[])[]): number[] {
  return curves[0]!.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0));
}

/** Onsets are a few milliseconds wide: the centre of a smoothed peak, not the highest single millisecond. */
function peakOf(curve: readonly number[]): number {
  const smooth = curve.map((_, i) => {
    const window = curve.slice(Math.max(0, i - 4), i + 5);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
  return smooth.reduce((at, value, i) => (value > smooth[at]! ? i : at), curve.length >> 1);
}
