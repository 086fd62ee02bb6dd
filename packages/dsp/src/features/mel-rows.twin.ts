/** The definition of `melRises`, plainly. */
export function melRisesTwin(melFrames: Float32Array, bands: number, least: number): number[] {
  return Array.from({ length: melFrames.length / bands }, (_, frame) => {
    let sum = 0;
    for (let at = frame * bands; frame > 0 && at < (frame + 1) * bands; at++) {
      sum += Math.max(0, melFrames[at]! - Math.max(least, melFrames[at - bands]!));
    }
    return sum / bands;
  });
}

/** The definition of `melPowerSums`, plainly, of four sums. */
export function melPowerSumsTwin(melFrames: Float32Array, weights: Float32Array): number[] {
  const bands = weights.length / 4;
  return Array.from({ length: (4 * melFrames.length) / bands }, (_, i) => {
    const row = melFrames.subarray(Math.floor(i / 4) * bands, (Math.floor(i / 4) + 1) * bands);
    return row.reduce((sum, level, band) => sum + weights[4 * band + (i % 4)]! * 10 ** (level / 10), 0);
  });
}
