import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { CURVE_HOP_SECONDS, GainStage } from './gain-stage.ts';

/** Quick enough for the beginning of a sibilant, and back before the next vowel has gone far. */
export const BALLISTICS = { kneeDb: 6, attackSeconds: 0.002, releaseSeconds: 0.04 } as const;
/** Above this share of the sample rate a band has no upper end. */
const HIGHEST_SHARE = 0.45;

/** What may change while a de-esser runs. */
export interface DeEsserSettings {
  /** Level of the band against that of the whole, dB, -40 to 0 */
  readonly thresholdDb: number;
  /** dB of input for a dB of output above the threshold, 1 to 20 */
  readonly ratio: number;
  /** Most that the band is turned down, dB, 0 to 24 */
  readonly rangeDb: number;
}

export interface DeEsserOptions extends DeEsserSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Lower end of the band, Hz, 1000 to `highHz` and 0.4 times the sample rate */
  readonly lowHz: number;
  /** Upper end of the band, Hz, to 20000; from 0.45 times the sample rate on, the band has no upper end */
  readonly highHz: number;
  /**
   * What lies above this counts as the whole, Hz, 20 to `lowHz` (by a high-pass of second order); all of it when left out. In a mix, bass and
   * voiced sounds hold most of the energy: beside all of it, no sibilant would stand out.
   */
  readonly wholeFromHz?: number | undefined;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Turns a band down where it stands out, in place, without latency, all channels with one gain. What counts is the share of
 * the band in the energy of the whole (or of what lies above `wholeFromHz`), so a voice is treated alike however loud it is, and a band that is loud together with
 * all else is left alone. What lies below and above the band keeps its level.
 * Stages: bands by crossovers (Linkwitz-Riley, fourth order) -> mean squares of band and whole, each through two first-order
 * low-passes of 5 ms -> their ratio in dB -> static curve with a knee of 6 dB -> attack 2 ms, release 40 ms -> the band times
 * the gain -> sum.
 *
 * The phase turns as in `MultibandCompressor`: with nothing turned down the output is the input behind an all-pass for each end of
 * the band.
 */
export class DeEsser {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;
  readonly #stage: GainStage;
  #settings: DeEsserSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: DeEsserOptions) {
    const { sampleRate, channels, lowHz, highHz, wholeFromHz, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInRange('highHz', highHz, 1000, 20_000);
    requireInRange('lowHz', lowHz, 1000, Math.min(highHz, 0.4 * sampleRate));
    if (wholeFromHz !== undefined) requireInRange('wholeFromHz', wholeFromHz, 20, lowHz);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#settings = options;
    this.#state = kernels.wasm.deEsserCreate(
      sampleRate,
      channels,
      lowHz,
      highHz < HIGHEST_SHARE * sampleRate ? highHz : 0,
      wholeFromHz ?? 0,
      rampSeconds * sampleRate,
      CURVE_HOP_SECONDS * sampleRate,
    );
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a de-esser');
    this.#stage = new GainStage(kernels, kernels.wasm.deEsserStage(this.#state), sampleRate);
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach, in a straight line, `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<DeEsserSettings>): void {
    const { thresholdDb, ratio, rangeDb } = { ...this.#settings, ...settings };
    requireInRange('thresholdDb', thresholdDb, -40, 0);
    requireInRange('ratio', ratio, 1, 20);
    requireInRange('rangeDb', rangeDb, 0, 24);
    this.#settings = { thresholdDb, ratio, rangeDb };
    this.#stage.set({ ...BALLISTICS, ...this.#settings, gainDb: 0 });
  }

  /** As if there had been silence for ever; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.deEsserReset(this.#state);
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6 */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.deEsserProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }

  /** The furthest that the band was turned down since this was asked last, dB, 0 or more. */
  gainReductionDb(): number {
    return this.#stage.takeMostDb();
  }

  /**
   * The furthest that the band was turned down, dB, in each of the whole `CURVE_HOP_SECONDS` that have passed since this was
   * asked last; only the latest 1024 are kept.
   */
  takeCurveDb(): Float32Array {
    return this.#stage.takeCurveDb();
  }
}
