// How a process changed the level of each third octave over time, and how much of what came out is not what went in.
// Stages: frames of about 20 ms of input and output -> spectra -> in each third octave and frame the factor g that brings
// g times the input nearest to the output (least squares): its magnitude is the gain, what is left is incoherent.
import { decibels, type Signal, signalFrames } from '../signal.ts';
import { hann, transform } from './fourier.ts';

/** Shortest frame: gains that change 20 times a second are seen with 87 % of their depth. */
const FRAME_SECONDS = 0.02;
/** Of a third octave, the fewest bins: lower bands are left out, since their lines cannot be told apart in a frame. */
const FEWEST_BINS = 2;
const HIGHEST_HZ = 16_000;
/** A band's frames this far under its loudest one are not judged. */
const RANGE_DB = 50;
/** Below this share of coherent power the gain of a frame means nothing. */
const COHERENT = 0.9;

export interface BandGains {
  readonly framesPerSecond: number;
  readonly bands: readonly BandGain[];
}

export interface BandGain {
  readonly centreHz: number;
  /** Gain in dB, frame by frame; where the input is silent or the output is something else, that of the frame before. */
  readonly gainsDb: Float64Array;
  /** Frames in which the gain is known. */
  readonly known: number;
  /** Power of the output that is not input times gain, as a share of the output, over the frames that are judged. */
  readonly incoherence: number;
}

interface Bins {
  readonly centreHz: number;
  readonly from: number;
  readonly to: number;
}

/** Third octaves as in IEC 61260-1, base ten: mid frequencies 1000 * 10^(n / 10). */
function thirdOctaves(sampleRate: number, frame: number): Bins[] {
  const bands: Bins[] = [];
  for (let n = -16; n <= 12; n++) {
    const centreHz = 1000 * 10 ** (n / 10);
    const from = Math.ceil(((centreHz * 10 ** -0.05) / sampleRate) * frame);
    const to = Math.ceil(((centreHz * 10 ** 0.05) / sampleRate) * frame);
    if (to - from >= FEWEST_BINS && centreHz <= Math.min(HIGHEST_HZ, 0.45 * sampleRate)) {
      bands.push({ centreHz, from, to });
    }
  }
  return bands;
}

/** Sums over the bins of a band, all channels: |X|^2, |Y|^2 and Y times conj(X). */
interface Sums {
  readonly input: Float64Array;
  readonly output: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** @param output as long as `input`, and in time with it */
export function bandGains(input: Signal, output: Signal): BandGains {
  const { sampleRate } = input;
  let frame = 256;
  while (frame < FRAME_SECONDS * sampleRate) frame *= 2;
  const hop = frame / 2;
  const count = Math.max(0, Math.floor((signalFrames(input) - frame) / hop) + 1);
  const bins = thirdOctaves(sampleRate, frame);
  const sums = bins.map((): Sums => {
    const values = () => new Float64Array(count);
    return { input: values(), output: values(), re: values(), im: values() };
  });
  const window = hann(frame);
  const real = new Float64Array(frame);
  const imaginary = new Float64Array(frame);
  for (const [channel, x] of input.channels.entries()) {
    const y = output.channels[channel]!;
    for (let at = 0; at < count; at++) {
      for (let i = 0; i < frame; i++) {
        real[i] = window[i]! * x[at * hop + i]!;
        imaginary[i] = window[i]! * y[at * hop + i]!;
      }
      transform(real, imaginary);
      for (const [band, range] of bins.entries()) addBand(sums[band]!, at, real, imaginary, range);
    }
  }
  return {
    framesPerSecond: sampleRate / hop,
    bands: bins.map(({ centreHz }, band) => ({ centreHz, ...gainOf(sums[band]!) })),
  };
}

/** Adds one frame; `real` and `imaginary` are the spectrum of input plus i times output. */
function addBand(sums: Sums, at: number, real: Float64Array, imaginary: Float64Array, { from, to }: Bins): void {
  for (let k = from; k < to; k++) {
    const mirror = real.length - k;
    const xRe = (real[k]! + real[mirror]!) / 2;
    const xIm = (imaginary[k]! - imaginary[mirror]!) / 2;
    const yRe = (imaginary[k]! + imaginary[mirror]!) / 2;
    const yIm = (real[mirror]! - real[k]!) / 2;
    sums.input[at]! += xRe * xRe + xIm * xIm;
    sums.output[at]! += yRe * yRe + yIm * yIm;
    sums.re[at]! += yRe * xRe + yIm * xIm;
    sums.im[at]! += yIm * xRe - yRe * xIm;
  }
}

function gainOf({ input, output, re, im }: Sums): Omit<BandGain, 'centreHz'> {
  const loudest = input.reduce((most, power) => Math.max(most, power), 0);
  const least = loudest * 10 ** (-RANGE_DB / 10);
  const gainsDb = new Float64Array(input.length);
  let known = 0;
  let total = 0;
  let left = 0;
  for (let at = 0; at < input.length; at++) {
    gainsDb[at] = gainsDb[at - 1] ?? 0;
    if (input[at]! <= least || output[at]! === 0) continue;
    const coherent = (re[at]! ** 2 + im[at]! ** 2) / input[at]!;
    total += output[at]!;
    left += Math.max(0, output[at]! - coherent);
    if (coherent < COHERENT * output[at]!) continue;
    const gainDb = decibels(coherent / input[at]!);
    // The first gain that is known also stands for the silence before it.
    gainsDb.fill(gainDb, known === 0 ? 0 : at, at + 1);
    known += 1;
  }
  return { gainsDb, known, incoherence: total > 0 ? left / total : 0 };
}
