import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

const PITCH_CLASSES = 12;

/** A bank of bands, each a weighted sum over the bins of a spectrum. */
export class FilterBank {
  readonly bands: number;
  readonly bins: number;
  /** Of the bank, in the kernels' memory. */
  readonly address: number;
  readonly #kernels: Kernels;
  readonly #spectrum: number;
  readonly #output: number;

  private constructor(kernels: Kernels, bank: number, bands: number, bins: number) {
    if (bank === 0) throw new DspError('out-of-memory', `no memory left for a bank of ${bands} bands`);
    this.#kernels = kernels;
    this.address = bank;
    this.bands = bands;
    this.bins = bins;
    this.#spectrum = kernels.allocateFloats(this.bins + 3);
    this.#output = kernels.allocateFloats(bands);
  }

  /**
   * Bands of peak weight 1 over the `fftSize / 2 + 1` bins of a power spectrum, evenly spaced on HTK's mel scale, each reaching to the centres of its neighbours; at least
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
    const bank = kernels.wasm.melBankCreate(sampleRate, fftSize, bands, lowestHz, highestHz, sampleRate / 2);
    return new FilterBank(kernels, bank, bands, fftSize / 2 + 1);
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
    const bank = kernels.wasm.logFrequencyBankCreate(
      sampleRate,
      fftSize,
      frameLength,
      bands,
      bandsPerOctave,
      lowestHz,
      sampleRate / 2,
    );
    return new FilterBank(kernels, bank, bands, fftSize / 2 + 1);
  }

  /**
   * Twelve pitch classes, C to B, of a spectrum whose bin b has its centre at lowestHz * 2^(b / binsPerOctave). Every
   * note of equal temperament in that range counts for its class with its first partials, each gathered by a triangle
   * that reaches two thirds of a semitone to both sides. A note on `centreHz` counts fully, others by a Gaussian over the
   * octaves; partial k counts partialDecay^(k - 1).
   * @param shape.bins 12 to 4096
   * @param shape.tuningHz frequency of A4, 220 to 880
   * @param shape.spreadOctaves standard deviation of the Gaussian, 0.01 to 100
   * @param shape.partials 1 to 32
   * @param shape.partialDecay 0 to 1
   * @throws DspError 'invalid-parameter' when a value is out of range
   * Source: E. Gómez, "Tonal description of polyphonic audio for music content processing", INFORMS J. Computing 18(3), 2006.
   */
  static chroma(
    kernels: Kernels,
    shape: {
      bins: number;
      binsPerOctave: number;
      lowestHz: number;
      tuningHz: number;
      centreHz: number;
      spreadOctaves: number;
      partials: number;
      partialDecay: number;
    },
  ): FilterBank {
    const { bins, binsPerOctave, lowestHz, tuningHz, centreHz, spreadOctaves, partials, partialDecay } = shape;
    requireInteger('bins', bins, 12, 4096);
    requireInteger('binsPerOctave', binsPerOctave, 12, 1200);
    requireInRange('lowestHz', lowestHz, 1, 1e5);
    requireInRange('tuningHz', tuningHz, 220, 880);
    requireInRange('centreHz', centreHz, 1, 1e5);
    requireInRange('spreadOctaves', spreadOctaves, 0.01, 100);
    requireInteger('partials', partials, 1, 32);
    requireInRange('partialDecay', partialDecay, 0, 1);
    const register = [centreHz, spreadOctaves, partials, partialDecay] as const;
    const bank = kernels.wasm.chromaBankCreate(bins, binsPerOctave, lowestHz, tuningHz, ...register);
    return new FilterBank(kernels, bank, PITCH_CLASSES, bins);
  }

  /**
   * output[band] = sum over bins of weight * spectrum.
   * @param spectrum `bins` values
   * @param output receives `bands` values
   */
  apply(spectrum: Float32Array, output: Float32Array): void {
    if (spectrum.length !== this.bins || output.length !== this.bands) {
      throw new DspError(
        'invalid-parameter',
        `the spectrum has ${spectrum.length} and output ${output.length} values; this bank needs ${this.bins} and ${this.bands}`,
      );
    }
    this.#kernels.floats(this.#spectrum, this.bins).set(spectrum);
    this.#kernels.wasm.filterBankApply(this.address, this.#spectrum, this.#output);
    output.set(this.#kernels.floats(this.#output, this.bands));
  }

  /** Weight of a bin in a band. */
  weight(band: number, bin: number): number {
    requireInteger('band', band, 0, this.bands - 1);
    requireInteger('bin', bin, 0, this.bins - 1);
    return this.#kernels.wasm.filterBankWeight(this.address, band, bin);
  }
}

function requireShape(sampleRate: number, fftSize: number, bands: number): void {
  requireInRange('sampleRate', sampleRate, 1000, 1e6);
  requireInteger('fftSize / 2', fftSize / 2, 16, 65_536);
  requireInteger('bands', bands, 1, 4096);
}
