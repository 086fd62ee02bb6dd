import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Coefficients 0 to 12. */
export const CEPSTRAL_COEFFICIENTS = 13;
/** The kernel works on pairs. */
const PADDED = CEPSTRAL_COEFFICIENTS + (CEPSTRAL_COEFFICIENTS % 2);
/** Bands further than this below the loudest of their frame count as this far below, in dB. */
const RANGE_DB = 60;

/**
 * Mel-frequency cepstral coefficients of all mel frames: orthonormal DCT-II of the band levels in dB, not liftered.
 * Coefficient 0 is sqrt(bands) times the mean level, the only one that changes with gain.
 * Source: S. Davis and P. Mermelstein, "Comparison of parametric representations for monosyllabic word recognition in
 * continuously spoken sentences", IEEE TASSP 28 (1980); there a triangular bank and the logarithm of its output, as here.
 * @param kernels lend memory for the time of the call
 * @param melFrames [frames][bands] levels in dB
 * @returns [frames][CEPSTRAL_COEFFICIENTS]
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function cepstra(kernels: Kernels, melFrames: Float32Array, bands: number): Float32Array {
  requireInteger('bands', bands, 1, 4096);
  const frames = Math.floor(melFrames.length / bands);
  return kernels.lend(() => {
    const levels = kernels.place(melFrames);
    const cosines = kernels.allocate(8 * bands * PADDED);
    const sums = kernels.allocate(8 * PADDED);
    const target = kernels.allocateFloats(frames * CEPSTRAL_COEFFICIENTS);
    kernels.doubles(cosines, bands * PADDED).set(cosineRows(bands));
    kernels.wasm.cepstra(levels, frames, bands, cosines, CEPSTRAL_COEFFICIENTS, RANGE_DB, sums, target);
    return kernels.floats(target, frames * CEPSTRAL_COEFFICIENTS).slice();
  });
}

/** [bands][PADDED] of the orthonormal DCT-II. */
function cosineRows(bands: number): Float64Array {
  const rows = new Float64Array(bands * PADDED);
  for (let c = 0; c < CEPSTRAL_COEFFICIENTS; c++) {
    const scale = Math.sqrt((c === 0 ? 1 : 2) / bands);
    for (let band = 0; band < bands; band++) {
      rows[band * PADDED + c] = scale * Math.cos((Math.PI * c * (band + 0.5)) / bands);
    }
  }
  return rows;
}
