/** Soft clipping: a rational approximation of tanh, exact in slope at 0 and reaching 1 at 3 (Padé, order 3/2). */
export function softClip(x: number): number {
  if (x > 3) return 1;
  if (x < -3) return -1;
  const square = x * x;
  return (x * (27 + square)) / (27 + 9 * square);
}

/** Drives samples into the soft clipper and takes the gain back, so that quiet sounds keep their level. */
export function saturate(samples: Float32Array, driveDb: number): void {
  if (driveDb === 0) return;
  const gain = 10 ** (driveDb / 20);
  const back = 1 / gain;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample !== 0) samples[i] = back * softClip(gain * sample);
  }
}
