import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Running sums of spectra: what the frames before each add up to. */
export interface SpectrumSums {
  readonly frames: number;
  readonly bins: number;
  /** [frames + 1][bins] */
  readonly sums: Float64Array;
}

/**
 * How different the mean spectra before and after some moments are: 1 - cosine, 0 for the same spectrum and for silence.
 * @param kernels lend memory for the time of the call
 * @param moments [moments][3]: from where, the moment itself, and to where, in frames, 0 to `frames`, ascending
 * @returns [moments] 0 to 1
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function spectralChanges(kernels: Kernels, spectra: SpectrumSums, moments: Float64Array): Float64Array {
  const { frames, bins } = spectra;
  requireAscending(moments, 3, frames);
  const count = moments.length / 3;
  return kernels.lend(() => {
    const sums = placeSums(kernels, spectra);
    const places = kernels.placeDoubles(moments);
    const scratch = kernels.allocate(kernels.wasm.placesRoom());
    const target = kernels.allocate(8 * count);
    kernels.wasm.harmonicChanges(sums, frames, bins, places, count, scratch, target);
    return kernels.doubles(target, count).slice();
  });
}

/**
 * Mean spectra over stretches of time, folded: bin b counts for class b modulo `classes`.
 * @param kernels lend memory for the time of the call
 * @param spans [spans][2]: from where to where, in frames, 0 to `frames`, ascending
 * @returns [spans][classes] sum over the bins of a class
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function foldedMeans(
  kernels: Kernels,
  spectra: SpectrumSums,
  classes: number,
  spans: Float64Array,
): Float64Array<ArrayBuffer> {
  const { frames, bins } = spectra;
  requireInteger('classes', classes, 1, bins);
  requireAscending(spans, 2, frames);
  const count = spans.length / 2;
  return kernels.lend(() => {
    const sums = placeSums(kernels, spectra);
    const places = kernels.placeDoubles(spans);
    const scratch = kernels.allocate(kernels.wasm.placesRoom());
    const target = kernels.allocate(8 * count * classes);
    kernels.wasm.classMeans(sums, frames, bins, classes, places, count, scratch, target);
    return kernels.doubles(target, count * classes).slice();
  });
}

function placeSums(kernels: Kernels, { frames, bins, sums }: SpectrumSums): number {
  requireInteger('bins', bins, 1, 65_536);
  if (frames < 1 || sums.length !== (frames + 1) * bins) {
    const has = `${sums.length} sums`;
    throw new DspError('invalid-parameter', `there are ${has}; ${frames} frames of ${bins} bins need one row more`);
  }
  return kernels.placeDoubles(sums);
}

/** @throws DspError 'invalid-parameter' unless each row ascends within 0 to `most` */
function requireAscending(places: Float64Array, width: number, most: number): void {
  for (let i = 0; i < places.length; i++) {
    const [least, place] = [i % width === 0 ? 0 : places[i - 1]!, places[i]!];
    if (place <= most && (i % width === 0 ? place >= least : place > least)) continue;
    throw new DspError('invalid-parameter', `a place is ${place}; it must be over ${least} and at most ${most}`);
  }
}
