// True peak exactly as ITU-R BS.1770-5 Annex 2 prints it: four phases of twelve taps at 48 kHz. Our meter uses 32 taps a
// phase instead, which are flat where these ripple; this is the standard's own filter to compare with.

/** Taps of the first two phases; the third and fourth are these in reverse. Source: ITU-R BS.1770-5, Annex 2, table 1. */
const QUARTER_TAPS: readonly (readonly number[])[] = [
  [
    ...[0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625],
    ...[0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125],
  ],
  [
    ...[-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625],
    ...[0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375],
  ],
];

export const STANDARD_PHASES: readonly (readonly number[])[] = [
  ...QUARTER_TAPS,
  QUARTER_TAPS[1]!.toReversed(),
  QUARTER_TAPS[0]!.toReversed(),
];

/** Largest magnitude of one channel after interpolation by the standard's filter, linear; silence before and behind. */
export function standardTruePeak(samples: Float32Array): number {
  const taps = STANDARD_PHASES[0]!.length;
  let peak = 0;
  for (let n = 0; n < samples.length + taps - 1; n++) {
    for (const phase of STANDARD_PHASES) {
      let value = 0;
      for (let k = 0; k < taps; k++) value += phase[k]! * (samples[n - k] ?? 0);
      peak = Math.max(peak, Math.abs(value));
    }
  }
  return peak;
}
