import { CEPSTRAL_COEFFICIENTS } from './cepstra.ts';

/** The definition, plainly. */
export function cepstraTwin(melFrames: Float32Array, bands: number): number[] {
  return Array.from({ length: melFrames.length / bands }, (_, frame) => {
    const levels = [...melFrames.subarray(frame * bands, (frame + 1) * bands)];
    const loudest = Math.max(...levels);
    return Array.from({ length: CEPSTRAL_COEFFICIENTS }, (_, c) => {
      const scale = Math.sqrt((c === 0 ? 1 : 2) / bands);
      return levels.reduce(
        (sum, level, band) =>
          sum + scale * Math.cos((Math.PI * c * (band + 0.5)) / bands) * Math.max(level, loudest - 60),
        0,
      );
    });
  }).flat();
}
