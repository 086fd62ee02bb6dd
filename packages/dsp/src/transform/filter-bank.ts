import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** A bank of triangular bands over the bins of a power spectrum of `fftSize / 2 + 1` bins. */
export class FilterBank {
  readonly bands: number;
  readonly bins: number;
  readonly #kernels: Kernels;
  readonly #bank: number;
  readonly #spectrum: number;
  readonly #output: number;

  private constructor(kernels: Kernels, bank: number, bands: number, fftSize: number) {
    if (bank === 0) throw new DspError('out-of-memory', `no memory left for a bank of ${bands} bands`);
    this.#kernels = kernels;
    this.#bank = bank;
    this.bands = bands;
    this.bins = fftSize / 2 + 1;
    this.#spectrum = kernels.allocateFloats(this.bins + 3);
    this.#output = kernels.allocateFloats(bands);
  }

  /**
   * Bands of peak weight 1, evenly spaced on HTK's mel scale, each reaching to the centres of its neighbours; at least
   * one bin to each side. A band whose centre is not below half the sample rate is empty.
   * @param shape.fftSize even, 32 to 131072
   * @param shape.lowestHz where the first triangle begins, at least 0; the last one ends at `highestHz`
   * @throws DspError 'invalid-parameter' when a value is out of range
   * Source: Young et al., "The HTK Book", section 5.6.
   */
  static mel(
    kernels: Kernels,
    shape: { sampleRate: number; fftSize: number; bands: number; lowestHz: number; highestHz: number },
  ): FilterBank {
    const { sampleRate, fftSize, bands, lowestHz, highestHz } = shape;
    requireShape(sampleRate, fftSize, bands);
    requireInRange('lowestHz', lowestHz, 0, 1e6);
    requireInRange('highestHz', highestHz, lowestHz + 1, 1e6);
    const bank = kernels.wasm.melBankCreate(sampleRate, fftSize, bands, lowestHz, highestHz);
    return new FilterBank(kernels, bank, bands, fftSize);
  }

  /**
   * Bands with centres lowestHz * 2^(band / bandsPerOctave), each reaching to its neighbours; at least one bin to each
   * side. A sine on a centre gives its own peak in the power spectrum, if the frame of `frameLength` samples (zeros up to
   * `fftSize`) was under a periodic Hann window. A band that does not end below half the sample rate is empty.
   * @param shape.frameLength samples, 16 to `fftSize`
   * @throws DspError 'invalid-parameter' when a value is out of range
   */
  static logFrequency(
    kernels: Kernels,
    shape: {
      sampleRate: number;
      fftSize: number;
      frameLength: number;
      bands: number;
      bandsPerOctave: number;
      lowestHz: number;
    },
  ): FilterBank {
    const { sampleRate, fftSize, frameLength, bands, bandsPerOctave, lowestHz } = shape;
    requireShape(sampleRate, fftSize, bands);
    requireInteger('frameLength', frameLength, 16, fftSize);
    requireInteger('bandsPerOctave', bandsPerOctave, 1, 1200);
    requireInRange('lowestHz', lowestHz, 1, 1e6);
    const bank = kernels.wasm.logFrequencyBankCreate(sampleRate, fftSize, frameLength, bands, bandsPerOctave, lowestHz);
    return new FilterBank(kernels, bank, bands, fftSize);
  }

  /**
   * output[band] = sum over bins of weight * power.
   * @param power `bins` values
   * @param output receives `bands` values
   */
  apply(power: Float32Array, output: Float32Array): void {
    if (power.length !== this.bins || output.length !== this.bands) {
      throw new DspError(
        'invalid-parameter',
        `power has ${power.length} and output ${output.length} values; this bank needs ${this.bins} and ${this.bands}`,
      );
    }
    this.#kernels.floats(this.#spectrum, this.bins).set(power);
    this.#kernels.wasm.filterBankApply(this.#bank, this.#spectrum, this.#output);
    output.set(this.#kernels.floats(this.#output, this.bands));
  }

  /** Weight of a bin in a band. */
  weight(band: number, bin: number): number {
    requireInteger('band', band, 0, this.bands - 1);
    requireInteger('bin', bin, 0, this.bins - 1);
    return this.#kernels.wasm.filterBankWeight(this.#bank, band, bin);
  }
}

function requireShape(sampleRate: number, fftSize: number, bands: number): void {
  requireInRange('sampleRate', sampleRate, 1000, 1e6);
  requireInteger('fftSize / 2', fftSize / 2, 16, 65_536);
  requireInteger('bands', bands, 1, 4096);
}
