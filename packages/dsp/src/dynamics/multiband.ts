import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { Compressor, type CompressorOptions } from './compressor.ts';
import type { CompressorSettings } from './compressor-settings.ts';

/** What a band's compressor does; see `Compressor`. */
export type MultibandBand = Omit<CompressorOptions, 'sampleRate' | 'channels' | 'sidechainHighPassHz'>;

export interface MultibandOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** 1 to 3 frequencies between bands, Hz, ascending, 20 to 0.45 times the sample rate */
  readonly crossoverHz: readonly number[];
  /** One more than there are crossovers, from the lowest on; a band that is null passes as it is */
  readonly bands: readonly (MultibandBand | null)[];
}

/**
 * A compressor or expander for each of 2 to 4 bands, in place and without latency, all channels of a band with one gain.
 * Crossovers are Linkwitz-Riley filters of fourth order (24 dB an octave, -6 dB at the crossover) with all-passes where
 * they are needed, so the bands are in phase and their sum is flat (within 0.01 dB when no band changes its level).
 *
 * The phase turns: with nothing changed the output is the input behind an all-pass for each crossover, not the input
 * itself.
 * Source: S. P. Lipshitz and J. Vanderkooy, "In-phase crossover network design", JAES 34 (1986).
 */
export class MultibandCompressor {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;
  readonly #compressors: readonly (Compressor | null)[];

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, crossoverHz, bands }: MultibandOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInteger('crossoverHz.length', crossoverHz.length, 1, 3);
    requireInteger('bands.length', bands.length, crossoverHz.length + 1, crossoverHz.length + 1);
    crossoverHz.forEach((frequencyHz, i) => {
      requireInRange(`crossoverHz[${i}]`, frequencyHz, crossoverHz[i - 1] ?? 20, 0.45 * sampleRate);
    });
    this.#kernels = kernels;
    this.#channels = channels;
    const [first = 0, second = 0, third = 0] = crossoverHz;
    this.#state = kernels.wasm.multibandCreate(sampleRate, channels, bands.length, first, second, third);
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for ${bands.length} bands`);
    this.#compressors = bands.map((band) => band && new Compressor(kernels, { ...band, sampleRate, channels }));
    this.#compressors.forEach((compressor, i) => {
      if (compressor) kernels.wasm.multibandSetCompressor(this.#state, i, compressor.pointer);
    });
  }

  /**
   * Sends the settings of a band, counted from the lowest from 0 on, to new values, as `Compressor.set`.
   * @throws DspError 'invalid-parameter', also when the band was made null
   */
  set(band: number, settings: Partial<CompressorSettings>): void {
    requireInteger('band', band, 0, this.#compressors.length - 1);
    const compressor = this.#compressors[band];
    if (!compressor) throw new DspError('invalid-parameter', `band ${band} has no compressor`);
    compressor.set(settings);
  }

  /** As if there had been silence for ever; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.multibandReset(this.#state);
    for (const compressor of this.#compressors) compressor?.reset();
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6 */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.multibandProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }

  /** Of each band, the largest change of the gain since this was asked last, dB, 0 or more; null for a null band. */
  gainReductionDb(): (number | null)[] {
    return this.#compressors.map((compressor) => compressor?.gainReductionDb() ?? null);
  }

  /** Of each band, the curve of `Compressor.takeCurveDb`; null for a null band. */
  takeCurvesDb(): (Float32Array | null)[] {
    return this.#compressors.map((compressor) => compressor?.takeCurveDb() ?? null);
  }
}
