import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { dbToAmplitude } from '../measure/decibels.ts';

/** What may change while a saturator runs. */
export interface SaturatorSettings {
  /** How far the curve is bent, dB, 0 (not at all) to 24 */
  readonly driveDb: number;
  /** Share of the saturated signal in the output, 0 to 1 */
  readonly mix: number;
}

export interface SaturatorOptions extends SaturatorSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Multiple of the sample rate at which the curve works */
  readonly oversampling: 2 | 4 | 8;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Soft saturation in place, each channel for itself: the curve level * tanh(bend x), without memory, at a multiple of the sample
 * rate. The bend is 10^(driveDb / 20) - 1, so drive 0 is a straight line; the level is such that a normally distributed signal of
 * -16 dB of full scale (about that of a finished song) keeps its energy.
 * Stages: doublings of the rate by linear-phase half-band filters -> curve -> halvings -> mix with the delayed input.
 *
 * Odd harmonics only. Aliases below 0.43 of the sample rate, against the tone, at 2, 4 and 8 times: of 5 kHz at -6 dB with drive
 * 12 dB -114, -135, -135 dB; with drive 24 dB, nearly a square wave, -32, -65, -104 dB. Between 0.43 and 0.5 of the rate the filters
 * let through what is mirrored from just above 0.5. The saturated part is flat within 0.1 dB to 0.43 of the rate; the input in
 * the mix is not filtered. With drive 0 or mix 0 the output is the input bit by bit, `latencyFrames` later.
 */
export class Saturator {
  /** Frames by which the output is behind the input. */
  readonly latencyFrames: number;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;
  #settings: SaturatorSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: SaturatorOptions) {
    const { sampleRate, channels, oversampling, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInteger('log2(oversampling)', Math.log2(oversampling), 1, 3);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#settings = options;
    const rampFrames = Math.round(rampSeconds * sampleRate);
    this.#state = kernels.wasm.saturatorCreate(sampleRate, channels, Math.log2(oversampling), rampFrames);
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a saturator');
    this.latencyFrames = kernels.wasm.saturatorLatency(this.#state);
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<SaturatorSettings>): void {
    const { driveDb, mix } = { ...this.#settings, ...settings };
    requireInRange('driveDb', driveDb, 0, 24);
    requireInRange('mix', mix, 0, 1);
    this.#settings = { driveDb, mix };
    this.#kernels.wasm.saturatorSet(this.#state, dbToAmplitude(driveDb) - 1, mix);
  }

  /** Forgets what was heard; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.saturatorReset(this.#state);
  }

  /**
   * Saturates a block in place. The first `latencyFrames` frames that come out are silence; to hear the end of a signal, feed as many
   * frames of silence behind it.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.saturatorProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
