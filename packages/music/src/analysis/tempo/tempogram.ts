import { type Kernels, lagPicture, type RealFft } from '@tutti/dsp';
import type { RhythmCurves } from './rhythm-curves.ts';

const HOP_SECONDS = 1;
const WINDOW_SECONDS = 8;
/** Columns that a moment of the track is seen in. */
export const WINDOW_HOPS = WINDOW_SECONDS / HOP_SECONDS;
const LONGEST_LAG_SECONDS = 3.2;
const SHORTEST_LAG_SECONDS = 0.2;

/** How alike the pulse curve is to itself some time later, around each moment. */
export interface Tempogram {
  readonly frameRate: number;
  readonly hopFrames: number;
  readonly columns: number;
  readonly lags: number;
  /** [columns][lags], lag in frames; lag 0 is 1 wherever there is any onset */
  readonly values: Float32Array;
  /** [lags] mean over all columns */
  readonly mean: Float32Array;
}

/** The transform that the tempogram is made with: longer than a window and its longest lag, so nothing wraps around. */
export const TEMPOGRAM_FFT_SIZE = 2048;

/**
 * Autocorrelation of the pulse curve in Hann windows of 8 s every second, divided by its value at lag 0 and by the
 * autocorrelation of the window, so that no lag is favoured.
 * @param kernels those of the transform; lend memory for the time of the call
 * @param fft of TEMPOGRAM_FFT_SIZE
 */
export function tempogramOf(kernels: Kernels, { pulse, frameRate }: RhythmCurves, fft: RealFft): Tempogram {
  const hopFrames = Math.round(HOP_SECONDS * frameRate);
  const windowFrames = Math.round(WINDOW_SECONDS * frameRate);
  const lags = Math.round(LONGEST_LAG_SECONDS * frameRate) + 1;
  const window = Float32Array.from(
    { length: windowFrames },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / windowFrames),
  );
  return { frameRate, hopFrames, lags, ...lagPicture(kernels, fft, pulse, { window, hop: hopFrames, lags }) };
}

/** Mean of the autocorrelation at all lags but the shortest, which the width of an onset fills. */
export function backgroundOf({ mean, lags, frameRate }: Tempogram): number {
  return mean.subarray(Math.round(SHORTEST_LAG_SECONDS * frameRate)).reduce((a, b) => a + b, 0) / lags;
}

/**
 * Mean of a row of lags (values[offset + lag]) at a period and its multiples, the k-th with weight 1 / k.
 * @param period in frames, shorter than the longest lag
 * @param most multiples, as far as there are lags
 */
export function combAt(values: Float32Array, offset: number, lags: number, period: number, most: number): number {
  let sum = 0;
  let weights = 0;
  for (let k = 1; k <= most && k * period < lags - 1; k++) {
    sum += atLag(values, offset, lags, k * period) / k;
    weights += 1 / k;
  }
  return sum / weights;
}

/** A row of lags at a lag between two frames; 0 beyond the longest. */
function atLag(values: Float32Array, offset: number, lags: number, lag: number): number {
  const below = Math.floor(lag);
  if (below + 1 >= lags) return 0;
  const part = lag - below;
  return values[offset + below]! * (1 - part) + values[offset + below + 1]! * part;
}
