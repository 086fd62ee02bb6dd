/** Linear amplitude to dB; null for 0, which has no level. */
export function amplitudeToDb(amplitude: number): number | null {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : null;
}

/** dB to linear amplitude. */
export function dbToAmplitude(db: number): number {
  return 10 ** (db / 20);
}
