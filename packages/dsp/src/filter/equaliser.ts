import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { BAND_SHAPES, type FilterBand, requireBand } from './band.ts';

export const MAXIMUM_BANDS = 16;

export interface EqualiserOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** 1 to 16, in the order of the cascade */
  readonly bands: readonly FilterBand[];
  /** Seconds that a changed band takes to arrive, 0.001 to 1; 0.01 when left out */
  readonly rampSeconds?: number;
}

/**
 * Filters in a row, in place and without latency: an equaliser, or a single filter when it has one band. A band that is
 * set anew glides: its coefficients move linearly from sample to sample. That is stable on any path, since each step
 * of the trapezoidal state-variable filter maps its two states to a vector that is no longer (for any frequency and q),
 * and so does every mean of two such maps.
 * Source: A. Simper, "Solving the continuous SVF equations using trapezoidal integration and equivalent currents", 2013.
 */
export class Equaliser {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #bands: number;
  readonly #state: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, bands, rampSeconds = 0.01 }: EqualiserOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInteger('bands.length', bands.length, 1, MAXIMUM_BANDS);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#bands = bands.length;
    const rampFrames = Math.round(rampSeconds * sampleRate);
    this.#state = kernels.wasm.equaliserCreate(sampleRate, channels, bands.length, rampFrames);
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for ${bands.length} filter bands`);
    bands.forEach((band, index) => {
      this.setBand(index, band);
    });
    this.reset();
  }

  /**
   * Sends band `index` to a new setting, which it reaches `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  setBand(index: number, band: FilterBand): void {
    requireInteger('index', index, 0, this.#bands - 1);
    requireBand(band, this.#sampleRate);
    const shape = BAND_SHAPES.indexOf(band.shape);
    this.#kernels.wasm.equaliserSetBand(this.#state, index, shape, band.frequencyHz, band.q, band.gainDb ?? 0);
  }

  /** Forgets what was heard; bands that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.equaliserReset(this.#state);
  }

  /** Filters a block in place. @throws DspError 'invalid-parameter' on another number of channels, NaN or infinity */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.equaliserProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
