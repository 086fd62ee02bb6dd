/** Coefficients 0 to 12. */
export const CEPSTRAL_COEFFICIENTS = 13;
/** Bands further than this below the loudest of their frame count as this far below, in dB. */
const RANGE_DB = 60;

/**
 * Mel-frequency cepstral coefficients of all mel frames: orthonormal DCT-II of the band levels in dB, not liftered.
 * Coefficient 0 is sqrt(bands) times the mean level, the only one that changes with gain.
 * Source: S. Davis and P. Mermelstein, "Comparison of parametric representations for monosyllabic word recognition in
 * continuously spoken sentences", IEEE TASSP 28 (1980); there a triangular bank and the logarithm of its output, as here.
 * @param melFrames [frames][bands] levels in dB
 * @returns [frames][CEPSTRAL_COEFFICIENTS]
 */
export function cepstra(melFrames: Float32Array, bands: number): Float32Array {
  const frames = melFrames.length / bands;
  const cosines = dctRows(bands);
  const result = new Float32Array(frames * CEPSTRAL_COEFFICIENTS);
  const levels = new Float64Array(bands);
  for (let frame = 0; frame < frames; frame++) {
    let loudest = Number.NEGATIVE_INFINITY;
    for (let band = 0; band < bands; band++) loudest = Math.max(loudest, melFrames[frame * bands + band]!);
    for (let band = 0; band < bands; band++) {
      levels[band] = Math.max(loudest - RANGE_DB, melFrames[frame * bands + band]!);
    }
    for (let c = 0; c < CEPSTRAL_COEFFICIENTS; c++) {
      let sum = 0;
      for (let band = 0; band < bands; band++) sum += cosines[c * bands + band]! * levels[band]!;
      result[frame * CEPSTRAL_COEFFICIENTS + c] = sum;
    }
  }
  return result;
}

function dctRows(bands: number): Float64Array {
  const rows = new Float64Array(CEPSTRAL_COEFFICIENTS * bands);
  for (let c = 0; c < CEPSTRAL_COEFFICIENTS; c++) {
    const scale = Math.sqrt((c === 0 ? 1 : 2) / bands);
    for (let band = 0; band < bands; band++) {
      rows[c * bands + band] = scale * Math.cos((Math.PI * c * (band + 0.5)) / bands);
    }
  }
  return rows;
}
