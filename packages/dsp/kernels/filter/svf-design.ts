// Coefficients of the state-variable filter, in f64.
// Source: A. Simper, "Solving the continuous SVF equations using trapezoidal integration and equivalent currents",
// Cytomic, 2013; V. Zavalishin, "The Art of VA Filter Design", chapter 4.

export const LOW_PASS: i32 = 0;
export const HIGH_PASS: i32 = 1;
export const BAND_PASS: i32 = 2;
export const NOTCH: i32 = 3;
export const PEAK: i32 = 4;
export const LOW_SHELF: i32 = 5;
export const HIGH_SHELF: i32 = 6;

/** Six f32 in the order of `svfDesign`, each `stride` bytes behind the one before. */
export const COEFFICIENTS: usize = 6;

// The analogue filter m0 + (m1 s + m2) / (s^2 + k s + 1) that was set last; g = tan(pi f / rate) where s = j.
let g: f64 = 0;
let k: f64 = 0;
let m0: f64 = 0;
let m1: f64 = 0;
let m2: f64 = 0;

function setPrototype(shape: i32, sampleRate: f64, frequencyHz: f64, q: f64, gainDb: f64): void {
  const amplitude = 10 ** (gainDb / 40);
  const root = Math.sqrt(amplitude);
  g = Math.tan((Math.PI * frequencyHz) / sampleRate);
  k = 1 / q;
  m0 = 0;
  m1 = 0;
  m2 = 0;
  if (shape === LOW_PASS) {
    m2 = 1;
  } else if (shape === HIGH_PASS) {
    m0 = 1;
    m1 = -k;
    m2 = -1;
  } else if (shape === BAND_PASS) {
    // Scaled to a gain of 1 in the middle of the band.
    m1 = k;
  } else if (shape === NOTCH) {
    m0 = 1;
    m1 = -k;
  } else if (shape === PEAK) {
    k /= amplitude;
    m0 = 1;
    m1 = k * (amplitude * amplitude - 1);
  } else if (shape === LOW_SHELF) {
    g /= root;
    m0 = 1;
    m1 = k * (amplitude - 1);
    m2 = amplitude * amplitude - 1;
  } else {
    g *= root;
    m0 = amplitude * amplitude;
    m1 = k * (1 - amplitude) * amplitude;
    m2 = 1 - amplitude * amplitude;
  }
}

/**
 * Stores the six coefficients of a filter. With x the input and s1, s2 the states, a step is
 *   v = x - s2;  s1' = s1 + (c2 v - c1 s1);  s2' = s2 + (c2 s1 + c3 v);  y = d0 x + (d1 s1 + d2 s2).
 * c1 to c3 are small at low frequencies, where they are added to the states: float32 keeps its precision there.
 * @param stride bytes between coefficients
 */
export function svfDesign(
  target: usize,
  stride: usize,
  shape: i32,
  sampleRate: f64,
  frequencyHz: f64,
  q: f64,
  gainDb: f64,
): void {
  setPrototype(shape, sampleRate, frequencyHz, q, gainDb);
  const a1 = 1 / (1 + g * (g + k));
  store<f32>(target, <f32>(2 * g * (g + k) * a1));
  store<f32>(target + stride, <f32>(2 * g * a1));
  store<f32>(target + 2 * stride, <f32>(2 * g * g * a1));
  store<f32>(target + 3 * stride, <f32>(m0 + (m1 + m2 * g) * g * a1));
  store<f32>(target + 4 * stride, <f32>((m1 + m2 * g) * a1));
  store<f32>(target + 5 * stride, <f32>(m2 - (m1 + m2 * g) * g * a1));
}

/**
 * Multiplies `bins` values (f64) with the filter's magnitudes at 0 Hz, at half the sample rate and evenly between. The
 * bilinear transform puts the analogue filter's s = j tan(pi f / rate) / g at frequency f.
 */
export function svfMagnitudes(
  target: usize,
  bins: i32,
  shape: i32,
  sampleRate: f64,
  frequencyHz: f64,
  q: f64,
  gainDb: f64,
): void {
  setPrototype(shape, sampleRate, frequencyHz, q, gainDb);
  const damping = m0 * k + m1;
  for (let bin = 0; bin < bins; bin++) {
    // Sine and cosine of half the angle instead of a tangent, which has no end at half the rate.
    const angle = (0.5 * Math.PI * <f64>bin) / <f64>(bins - 1);
    const x = Math.sin(angle) / g;
    const c = Math.cos(angle);
    const difference = c * c - x * x;
    const real = m0 * difference + m2 * c * c;
    const imaginary = damping * x * c;
    const lower = k * x * c;
    const power = (real * real + imaginary * imaginary) / (difference * difference + lower * lower);
    const at = target + ((<usize>bin) << 3);
    store<f64>(at, load<f64>(at) * Math.sqrt(power));
  }
}
