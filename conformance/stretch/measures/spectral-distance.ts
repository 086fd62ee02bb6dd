// How far spectra are from those of a reference, whose moment `at` is moment `at * slope` of the output: slope 1 for an
// ideal, the ratio for what was stretched.
import { type Signal, signalFrames } from '../../mastering/signal.ts';
import { Spectra } from './spectra.ts';

/** What is further under the loudest bin of a frame is not heard beside it, nor a frame so far under the loudest one. */
const HEARD_POWER = 1e-6;
/** Bands over which the flux is taken. */
const BANDS_PER_OCTAVE = 3;
const LOWEST_BAND_HZ = 60;

export interface SpectralChange {
  /** Log-spectral distance: root of the mean square, over bins, of the difference of levels; mean over frames, dB. */
  readonly distanceDb: number;
  /** By how much the mean rise of band levels from frame to frame differs, as a share. */
  readonly flux: number;
  /** By how much the centre of the powers moves, as a share; mean of its size over frames. */
  readonly centroid: number;
}

/** @param size samples of a frame, a power of two; frames follow at a quarter of it */
export function spectralChange(reference: Signal, output: Signal, slope: number, size: number): SpectralChange {
  const spectra = new Spectra(size);
  const edges = bandEdges(reference.sampleRate, size);
  const frames = Math.min(signalFrames(reference), Math.floor(signalFrames(output) / slope));
  const distances: number[] = [];
  const centroids: number[] = [];
  const fluxes = [0, 0];
  for (const [channel, samples] of reference.channels.entries()) {
    const pairs: (readonly [Float64Array, Float64Array])[] = [];
    for (let centre = size / 2; centre < frames - size / 2; centre += size / 4) {
      pairs.push(spectra.powers(samples, output.channels[channel]!, centre, Math.round(centre * slope)));
    }
    const loudest = Math.max(...pairs.map(([powers]) => peakOf(powers)));
    let last: readonly [Float64Array, Float64Array] | undefined;
    for (const pair of pairs) {
      const [before, after] = pair;
      const peak = peakOf(before);
      if (!(peak > HEARD_POWER * loudest)) continue;
      distances.push(distanceDb(before, after, HEARD_POWER * peak));
      centroids.push(Math.abs(centroidOf(after) / centroidOf(before) - 1));
      const [lastBefore, lastAfter] = last ?? pair;
      fluxes[0]! += rise(lastBefore, before, edges, HEARD_POWER * loudest);
      fluxes[1]! += rise(lastAfter, after, edges, HEARD_POWER * loudest);
      last = pair;
    }
  }
  return {
    distanceDb: meanOf(distances),
    flux: fluxes[0]! > 0 ? fluxes[1]! / fluxes[0]! - 1 : 0,
    centroid: meanOf(centroids),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

function peakOf(powers: Float64Array): number {
  return powers.reduce((most, power) => Math.max(most, power), 0);
}

function distanceDb(before: Float64Array, after: Float64Array, floor: number): number {
  let sum = 0;
  let heard = 0;
  for (let k = 1; k < before.length; k++) {
    if (before[k]! < floor && after[k]! < floor) continue;
    sum += (10 * Math.log10(Math.max(floor, after[k]!) / Math.max(floor, before[k]!))) ** 2;
    heard++;
  }
  return Math.sqrt(sum / Math.max(1, heard));
}

function centroidOf(powers: Float64Array): number {
  let sum = 0;
  let moment = 0;
  for (let k = 1; k < powers.length; k++) {
    sum += powers[k]!;
    moment += k * powers[k]!;
  }
  return moment / sum;
}

function bandEdges(sampleRate: number, size: number): number[] {
  const edges: number[] = [];
  for (let hz = LOWEST_BAND_HZ; hz < 0.4 * sampleRate; hz *= 2 ** (1 / BANDS_PER_OCTAVE)) {
    const bin = Math.round((hz * size) / sampleRate);
    if (bin > (edges.at(-1) ?? 0)) edges.push(bin);
  }
  return edges;
}

/** Rises of the levels of bands, summed, in dB. */
function rise(earlier: Float64Array, later: Float64Array, edges: readonly number[], floor: number): number {
  const levelDb = (powers: Float64Array, band: number) => {
    let sum = floor;
    for (let k = edges[band]!; k < edges[band + 1]!; k++) sum += powers[k]!;
    return 10 * Math.log10(sum);
  };
  let sum = 0;
  for (let band = 0; band + 1 < edges.length; band++) {
    sum += Math.max(0, levelDb(later, band) - levelDb(earlier, band));
  }
  return sum;
}
