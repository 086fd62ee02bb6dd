// Window functions, computed in f64. A periodic window of length n is one period of its cosine sum (for spectra and
// overlapping frames); a symmetric one begins and ends with the same value (for filter design).
// Source: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform", Proc. IEEE
// 66 (1978); Blackman-Harris is its four-term, -92 dB window.

const HANN: i32 = 0;
const HAMMING: i32 = 1;
const BLACKMAN_HARRIS: i32 = 2;
const ROOT_HANN: i32 = 3;

/** Value of window `kind` at `phase`, which runs from 0 to 2 pi over the window. */
function windowValue(kind: i32, phase: f64): f64 {
  if (kind === HAMMING) return 0.54 - 0.46 * Math.cos(phase);
  if (kind === BLACKMAN_HARRIS) {
    return 0.35875 - 0.48829 * Math.cos(phase) + 0.14128 * Math.cos(2 * phase) - 0.01168 * Math.cos(3 * phase);
  }
  if (kind === ROOT_HANN) return Math.sin(0.5 * phase);
  return 0.5 - 0.5 * Math.cos(phase);
}

/**
 * Writes `length` values of a window.
 * @param kind 0 Hann, 1 Hamming, 2 Blackman-Harris, 3 square root of Hann
 * @param symmetric whether the last value equals the first
 */
export function windowFill(target: usize, length: i32, kind: i32, symmetric: bool): void {
  const steps = symmetric && length > 1 ? length - 1 : length;
  for (let i = 0; i < length; i++) {
    store<f32>(target + ((<usize>i) << 2), <f32>windowValue(kind, (2 * Math.PI * <f64>i) / <f64>steps));
  }
}

/** Writes a Hann-shaped window that rises over `rise` values, is 1 at index `rise` and falls over the `fall` others. */
export function windowFillSkewedHann(target: usize, rise: i32, fall: i32): void {
  for (let i = 0; i < rise + fall; i++) {
    const phase = i < rise ? <f64>i / <f64>rise : 1 + <f64>(i - rise) / <f64>fall;
    store<f32>(target + ((<usize>i) << 2), <f32>windowValue(HANN, Math.PI * phase));
  }
}

/** output[i] = input[i] * window[i] for `length` values, a multiple of 4; output may be input. */
export function windowApply(input: usize, window: usize, output: usize, length: i32): void {
  for (const end = input + ((<usize>length) << 2); input < end; input += 16, window += 16, output += 16) {
    v128.store(output, f32x4.mul(v128.load(input), v128.load(window)));
  }
}
