// The sinc function under a Kaiser window: the impulse response from which interpolators and resamplers are cut.
// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", Proc. ISCAS 1974.

/** Modified Bessel function of the first kind, order 0. */
function bessel0(x: f64): f64 {
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= ((x / 2) * (x / 2)) / (<f64>k * <f64>k);
    sum += term;
  }
  return sum;
}

/**
 * Impulse response at time `t` of a low-pass with the given cut-off, both in samples and cycles a sample; 0 at and
 * beyond `halfWidth`.
 * @param beta shape of the window: larger is a deeper stop-band and a wider transition
 */
export function windowedSinc(t: f64, cutoff: f64, halfWidth: f64, beta: f64): f64 {
  const edge = t / halfWidth;
  if (edge <= -1 || edge >= 1) return 0;
  const angle = 2 * Math.PI * cutoff * t;
  const sinc = angle === 0 ? 2 * cutoff : (2 * cutoff * Math.sin(angle)) / angle;
  return (sinc * bessel0(beta * Math.sqrt(1 - edge * edge))) / bessel0(beta);
}

/**
 * Stores the taps, f32, of a value `fraction` of a sample behind the middle one of `taps` samples, an even number, scaled to
 * a gain of 1 at 0 Hz.
 */
export function interpolationTaps(row: usize, taps: i32, fraction: f64, cutoff: f64, beta: f64): void {
  const half = <f64>(taps >> 1);
  let sum: f64 = 0;
  for (let i = 0; i < taps; i++) sum += windowedSinc(<f64>(i + 1) - half - fraction, cutoff, half, beta);
  for (let i = 0; i < taps; i++) {
    const tap = windowedSinc(<f64>(i + 1) - half - fraction, cutoff, half, beta);
    store<f32>(row + ((<usize>i) << 2), <f32>(tap / sum));
  }
}
