import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Values of a row of the result: weight, and weight times cosine and sine, of all maxima and of the prominent ones. */
const SUMS = 6;

/** Which maxima of pitch spectra tell a tuning. */
export interface TuningOptions {
  readonly bins: number;
  readonly binsPerSemitone: number;
  /** The first bin that is looked at, at least 1. */
  readonly lowestBin: number;
  /** A maximum is prominent when the logarithms of its ratios to the two bins beside it add up to more than this. */
  readonly prominence: number;
}

/** Sums of the maxima of spectra by their place within a semitone; those of several rows add up. */
export interface TuningSums {
  readonly rows: number;
  /** [rows][6]: weight, weight times cosine, and times sine, of the place in turns; of all, then of the prominent ones. */
  readonly values: Float64Array;
}

/**
 * Where within a semitone the maxima of spectra lie, each weighted by the root of its amplitude.
 * Stages: local maxima over 1e-9 -> placed by a parabola through the logarithms of three bins -> added up on a circle.
 * @param kernels lend memory for the time of the call
 * @param spectra [rows][bins] amplitudes, at least 0, bin 0 at the middle of a semitone
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function tuningSums(kernels: Kernels, spectra: Float32Array, options: TuningOptions): TuningSums {
  const { bins, binsPerSemitone, lowestBin, prominence } = options;
  requireInteger('bins', bins, 1, 65_536);
  requireInteger('lowestBin', lowestBin, 1, bins);
  requireInRange('binsPerSemitone', binsPerSemitone, 1, 1000);
  const rows = Math.floor(spectra.length / bins);
  return kernels.lend(() => {
    const target = kernels.allocate(8 * SUMS * rows);
    kernels.wasm.tuningSums(kernels.place(spectra), rows, bins, lowestBin, binsPerSemitone, prominence, target);
    return { rows, values: kernels.doubles(target, SUMS * rows).slice() };
  });
}
