import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Of what spectra, and which of their peaks count. */
export interface RoughnessOptions {
  /** Amplitudes of a frame; bin b is centred on lowestHz * 2^(b / binsPerOctave). */
  readonly bins: number;
  readonly lowestHz: number;
  readonly binsPerOctave: number;
  /** Every so many of the frames is looked at. */
  readonly framesApart: number;
  /** The loudest peaks that count, ... */
  readonly mostPeaks: number;
  /** ... and what share of the loudest one's amplitude they have to have. */
  readonly quietest: number;
}

/**
 * How rough spectra sound: the roughness of every pair of the loudest peaks, weighted by the product of both amplitudes
 * (each also paired with itself, which is not rough). Two partials of the same strength have 0 at the same frequency and
 * far apart, 1 where they are roughest.
 * Stages: local maxima -> the loudest -> placed by a parabola through logarithms -> mean over all pairs.
 * Source: W. Sethares, "Local consonance and the relationship between timbre and scale", JASA 94 (1993), after R. Plomp
 * and W. Levelt, "Tonal consonance and critical bandwidth", JASA 38 (1965).
 * @param kernels lend memory for the time of the call
 * @param frames [rows][bins] amplitudes, at least 0
 * @returns one value for every frame that is looked at: 0 (one tone) to less than 1
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function roughnessCurve(kernels: Kernels, frames: Float32Array, options: RoughnessOptions): Float32Array {
  const { bins, lowestHz, binsPerOctave, framesApart, mostPeaks, quietest } = options;
  requireInteger('bins', bins, 1, 65_536);
  requireInteger('framesApart', framesApart, 1, 65_536);
  requireInteger('mostPeaks', mostPeaks, 1, 4096);
  requireInRange('quietest', quietest, 0, 1);
  const rows = Math.ceil(Math.floor(frames.length / bins) / framesApart);
  return kernels.lend(() => {
    const spectra = kernels.place(frames);
    const scratch = kernels.allocate(kernels.wasm.roughnessRoom(mostPeaks));
    const target = kernels.allocateFloats(rows);
    const scale = [lowestHz, binsPerOctave] as const;
    kernels.wasm.roughness(spectra, rows, bins, 4 * bins * framesApart, ...scale, mostPeaks, quietest, scratch, target);
    return kernels.floats(target, rows).slice();
  });
}
