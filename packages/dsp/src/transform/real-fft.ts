import { DspError } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

const SMALLEST_SIZE = 32;
const LARGEST_SIZE = 262_144;

/**
 * Fourier transform of real signals, for whole frames in JavaScript arrays. Kernels that transform call the kernel
 * functions behind this face themselves.
 */
export class RealFft {
  /** Samples of a frame. */
  readonly size: number;
  /** Bins of a spectrum: size / 2 + 1, from 0 Hz to half the sample rate. */
  readonly bins: number;
  /** Of the plan, in the kernels' memory. */
  readonly address: number;
  readonly #kernels: Kernels;
  readonly #frame: number;
  readonly #spectrum: number;

  /**
   * @param size samples, a power of two from 32 to 262144
   * @throws DspError 'invalid-parameter' on any other size, 'out-of-memory' when the arena is full
   */
  constructor(kernels: Kernels, size: number) {
    if (!(size >= SMALLEST_SIZE && size <= LARGEST_SIZE && Number.isInteger(Math.log2(size)))) {
      throw new DspError(
        'invalid-parameter',
        `size is ${size}; it must be a power of two from ${SMALLEST_SIZE} to ${LARGEST_SIZE}`,
      );
    }
    this.#kernels = kernels;
    this.size = size;
    this.bins = size / 2 + 1;
    this.#frame = kernels.allocateFloats(size);
    this.#spectrum = kernels.allocateFloats(this.bins * 2);
    this.address = kernels.wasm.fftCreate(size);
    if (this.address === 0)
      throw new DspError('out-of-memory', `no memory left for a Fourier transform of ${size} samples`);
  }

  /**
   * Spectrum of a frame: X[k] = sum over n of x[n] exp(-2 pi i k n / size), unscaled.
   * @param frame `size` samples
   * @param spectrum receives `bins` interleaved pairs (re, im)
   */
  forward(frame: Float32Array, spectrum: Float32Array): void {
    this.#requireLength('frame', frame, this.size);
    this.#requireLength('spectrum', spectrum, this.bins * 2);
    this.#kernels.floats(this.#frame, this.size).set(frame);
    this.#kernels.wasm.fftForward(this.address, this.#frame, this.#spectrum);
    spectrum.set(this.#kernels.floats(this.#spectrum, this.bins * 2));
  }

  /**
   * Inverse of `forward`, scaled by 1 / size. The imaginary parts of the first and the last bin are taken as zero.
   * @param spectrum `bins` interleaved pairs (re, im)
   * @param frame receives `size` samples
   */
  inverse(spectrum: Float32Array, frame: Float32Array): void {
    this.#requireLength('spectrum', spectrum, this.bins * 2);
    this.#requireLength('frame', frame, this.size);
    this.#kernels.floats(this.#spectrum, this.bins * 2).set(spectrum);
    this.#kernels.wasm.fftInverse(this.address, this.#spectrum, this.#frame);
    frame.set(this.#kernels.floats(this.#frame, this.size));
  }

  #requireLength(name: string, values: Float32Array, length: number): void {
    if (values.length === length) return;
    throw new DspError(
      'invalid-parameter',
      `${name} has ${values.length} values; a size of ${this.size} needs ${length}`,
    );
  }
}
