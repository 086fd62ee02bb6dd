/**
 * The analogue quantities behind the tables of BS.1770: a high shelf and a high-pass whose pass-band gain at 48 kHz is not
 * quite 1, since the standard's numerator is 1, -2, 1.
 * Source: B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018.
 */
export const K_SHELF = {
  hz: 1681.974450955533,
  q: 0.7071752369554196,
  db: 3.999843853973347,
  slope: 0.4996667741545416,
};
export const K_HIGH_PASS = { hz: 38.13547087602444, q: 0.5003270373238773 };

/** Gain that the standard's high-pass has far above its corner, at every rate. */
export function kHighPassGain(): number {
  const tangent = Math.tan((Math.PI * K_HIGH_PASS.hz) / 48_000);
  return 1 + tangent / K_HIGH_PASS.q + tangent ** 2;
}

/** What K-weighting multiplies a power at a frequency (Hz) with, from the analogue filters. */
export function kWeightingPower(frequencyHz: number): number {
  const high = 10 ** (K_SHELF.db / 20);
  const shelf = sectionPower(frequencyHz / K_SHELF.hz, K_SHELF.q, high, high ** K_SHELF.slope, 1);
  const highPass = sectionPower(frequencyHz / K_HIGH_PASS.hz, K_HIGH_PASS.q, kHighPassGain(), 0, 0);
  return shelf * highPass;
}

/** |(a s^2 + b s / q + c) / (s^2 + s / q + 1)|^2 at s = j w. */
function sectionPower(w: number, q: number, a: number, b: number, c: number): number {
  const square = w * w;
  const damping = square / (q * q);
  return ((c - a * square) ** 2 + b * b * damping) / ((1 - square) ** 2 + damping);
}
