import { DspError } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { amplitudeToDb } from '../measure/decibels.ts';
import { BAND_SHAPES, type FilterBand } from './band.ts';

/**
 * Frequencies at which the magnitude is taken: 0 Hz to the sample rate. An impulse response of so many samples follows. It
 * is the largest transform, too.
 */
const GRID = 131_072;
/** Lengths that are tried, in frames without the middle one. */
const REACHES = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536] as const;
/** Share of each side of the impulse response that fades out. */
const TAPER = 0.25;
/** The magnitude is held from here to this share of the sample rate. */
const LOWEST_HZ = 20;
const HIGHEST_SHARE = 0.45;
/** Largest deviation of the magnitude, as a share of it: 0.05 dB when the length is chosen, 0.1 dB when it is given. */
const CHOSEN_ERROR = 0.005773;
const GIVEN_ERROR = 0.011579;
/**
 * Where the magnitude is below this share of its largest (-30 dB), it may deviate by as much as is this share at a share
 * of 1/2: 0.00289 (-51 dB) of the largest. A magnitude has a corner where a notch reaches 0, and no filter of finite
 * length follows it to the bottom.
 */
const FLOOR = 0.0316;
const FLOOR_SHARE = 0.5;
/** What counts as ringing, against the largest sample of any signal: 60 dB. */
const RINGING = 0.001;

export interface LinearPhaseDesign {
  /** Frames of the filter, without its middle one: it looks half of them ahead and half of them back. */
  readonly reach: number;
  /** Samples of a transform. */
  readonly size: number;
  /** size / 2 + 1 interleaved pairs, whose imaginary parts are rounding errors. */
  readonly response: Float32Array<ArrayBuffer>;
  /** Largest deviation from the magnitude of the bands, dB, where it is held. */
  readonly errorDb: number;
  /** Frames from the middle on behind which all of the impulse response together weighs less than 0.001. */
  readonly ringFrames: number;
}

/**
 * The shortest symmetric filter with the magnitude of a cascade of bands.
 * Stages: magnitude of the bands, closed form -> impulse response of zero phase -> cut to length, the outer quarters faded
 * -> response; the first length of 1024, 2048 ... 65536 frames that holds the magnitude.
 * @param reach the only length to try, when given
 * @throws DspError 'invalid-parameter' when no length does, 'out-of-memory'
 */
export function designLinearPhase(
  kernels: Kernels,
  bands: readonly FilterBand[],
  sampleRate: number,
  reach?: number,
): LinearPhaseDesign {
  const mark = kernels.mark();
  const magnitudes = bandMagnitudes(kernels, bands, sampleRate);
  const impulse = zeroPhaseImpulse(kernels, magnitudes);
  let failure = '';
  const [lengths, limit] = reach === undefined ? [REACHES, CHOSEN_ERROR] : [[reach], GIVEN_ERROR];
  for (const length of lengths) {
    const size = Math.min(4 * length, GRID);
    const response = cutResponse(kernels, impulse, length, size);
    let error = largestError(response, magnitudes, sampleRate);
    if (error <= limit && size < GRID) {
      // A steep low end can go astray between the few bins that a short transform has there.
      error = largestError(cutResponse(kernels, impulse, length, GRID), magnitudes, sampleRate);
    }
    const errorDb = amplitudeToDb(1 + error)!;
    if (error <= limit) {
      kernels.release(mark);
      return { reach: length, size, response, errorDb, ringFrames: ringFrames(impulse, length) };
    }
    failure = `a filter of ${(length / sampleRate).toFixed(2)} s is off by ${errorDb.toFixed(2)} dB`;
  }
  kernels.release(mark);
  throw new DspError(
    'invalid-parameter',
    `bands ring for too long to be had with linear phase: ${failure}, and it must be within ${amplitudeToDb(1 + limit)!.toFixed(2)} dB; a lower q or a higher frequencyHz makes them shorter`,
  );
}

/** Magnitudes at GRID / 2 + 1 frequencies from 0 Hz to half the sample rate. */
function bandMagnitudes(kernels: Kernels, bands: readonly FilterBand[], sampleRate: number): Float64Array {
  const bins = GRID / 2 + 1;
  const pointer = kernels.allocate(8 * bins);
  kernels.doubles(pointer, bins).fill(1);
  for (const { shape, frequencyHz, q, gainDb = 0 } of bands) {
    kernels.wasm.svfMagnitudes(pointer, bins, BAND_SHAPES.indexOf(shape), sampleRate, frequencyHz, q, gainDb);
  }
  return kernels.doubles(pointer, bins).slice();
}

function transformPlan(kernels: Kernels, size: number): number {
  const plan = kernels.wasm.fftCreate(size);
  if (plan === 0) throw new DspError('out-of-memory', `no memory left for a Fourier transform of ${size} samples`);
  return plan;
}

/** GRID samples, the middle one first, what lies before it at the end. */
function zeroPhaseImpulse(kernels: Kernels, magnitudes: Float64Array): Float32Array {
  const mark = kernels.mark();
  const plan = transformPlan(kernels, GRID);
  const spectrum = kernels.allocateFloats(GRID + 2);
  const pairs = kernels.floats(spectrum, GRID + 2);
  for (let k = 0; k < magnitudes.length; k++) pairs[2 * k] = magnitudes[k]!;
  kernels.wasm.fftInverse(plan, spectrum, spectrum);
  const impulse = kernels.floats(spectrum, GRID).slice();
  kernels.release(mark);
  return impulse;
}

function cutResponse(kernels: Kernels, impulse: Float32Array, reach: number, size: number): Float32Array<ArrayBuffer> {
  const mark = kernels.mark();
  const plan = transformPlan(kernels, size);
  const taperFrames = (reach / 2) * TAPER;
  const taper = kernels.allocateFloats(2 * taperFrames + 1);
  const pointer = kernels.allocateFloats(size + 2);
  kernels.wasm.windowFill(taper, 2 * taperFrames + 1, 0, true);
  const fade = kernels.floats(taper, 2 * taperFrames + 1);
  const frame = kernels.floats(pointer, size);
  for (let i = 0; i <= reach / 2; i++) {
    const value = impulse[i]! * fade[Math.min(taperFrames, reach / 2 - i)]!;
    frame[i] = value;
    if (i > 0) frame[size - i] = value;
  }
  kernels.wasm.fftForward(plan, pointer, pointer);
  const response = kernels.floats(pointer, size + 2).slice();
  kernels.release(mark);
  return response;
}

/** Largest deviation, as a share of the magnitude (or of the floor). */
function largestError(response: Float32Array, magnitudes: Float64Array, sampleRate: number): number {
  const bins = response.length / 2;
  const step = (magnitudes.length - 1) / (bins - 1);
  const binHz = sampleRate / (2 * (bins - 1));
  const most = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const floor = FLOOR * most;
  let largest = 0;
  for (let bin = Math.ceil(LOWEST_HZ / binHz); bin <= (HIGHEST_SHARE * sampleRate) / binHz; bin++) {
    const truth = magnitudes[bin * step]!;
    const measure = truth < floor ? FLOOR_SHARE * most : truth;
    largest = Math.max(largest, Math.abs(response[2 * bin]! - truth) / measure);
  }
  return largest;
}

function ringFrames(impulse: Float32Array, reach: number): number {
  let frames = reach / 2;
  for (let sum = 0; frames > 0; frames--) {
    sum += Math.abs(impulse[frames]!);
    if (sum > RINGING) break;
  }
  return frames;
}
