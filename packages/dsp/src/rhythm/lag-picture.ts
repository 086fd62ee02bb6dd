import { requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import type { RealFft } from '../transform/real-fft.ts';

/** Where and how far a curve is compared with itself. */
export interface LagPictureOptions {
  /** Weights of the values around a moment. */
  readonly window: Float32Array;
  /** Values from one moment to the next; the first is in the middle of a hop. */
  readonly hop: number;
  /** From 0 to before this. */
  readonly lags: number;
}

/** How alike a curve is to itself some time later, around each moment. */
export interface LagPicture {
  readonly columns: number;
  /** [columns][lags]; lag 0 is 1 wherever there is anything */
  readonly values: Float32Array<ArrayBuffer>;
  /** [lags] mean over all columns */
  readonly mean: Float32Array<ArrayBuffer>;
}

/**
 * Autocorrelation of a curve under a window around each moment, divided by its value at lag 0 and by the autocorrelation of
 * the window, so that no lag is favoured.
 * Stages: window -> spectrum -> power -> inverse transform (Wiener-Khinchin).
 * @param kernels those of the transform; lend memory for the time of the call
 * @param fft of more samples than a window and its longest lag have together, so that nothing wraps around
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function lagPicture(
  kernels: Kernels,
  fft: RealFft,
  curve: Float32Array,
  { window, hop, lags }: LagPictureOptions,
): LagPicture {
  requireInteger('hop', hop, 1, 2 ** 30);
  requireInteger('lags', lags, 1, window.length);
  requireInteger('samples of window and lags', window.length + lags, 2, fft.size);
  const columns = Math.max(1, Math.ceil(curve.length / hop));
  return kernels.lend(() => {
    const frame = kernels.allocateFloats(fft.size);
    const spectrum = kernels.allocateFloats(fft.size + 2);
    const bias = kernels.allocateFloats(lags);
    const values = kernels.allocateFloats(columns * lags);
    const mean = kernels.allocateFloats(lags);
    const input = [kernels.place(curve), curve.length, kernels.place(window), window.length, hop] as const;
    kernels.wasm.lagPicture(fft.address, fft.size, ...input, columns, lags, frame, spectrum, bias, values, mean);
    return {
      columns,
      values: kernels.floats(values, columns * lags).slice(),
      mean: kernels.floats(mean, lags).slice(),
    };
  });
}
