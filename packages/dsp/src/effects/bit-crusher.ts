import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while a bit crusher is heard. */
export interface BitCrusherSettings {
  /** 1 to 24, also between whole numbers: samples are rounded to multiples of 2^(1 - bits) */
  readonly bits: number;
  /** How many samples a second are taken, 100 to the sample rate */
  readonly rateHz: number;
  /** Share of the crushed sound, 0 to 1 */
  readonly mix: number;
}

export interface BitCrusherOptions extends BitCrusherSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** Seconds that a changed grid or mix takes to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Bit crusher, in place and without latency: takes `rateHz` samples a second, rounds each to the nearest level (0 is one of
 * them) and holds it until the next.
 *
 * Aliases are the effect, and none is filtered. A tone of frequency f comes out at every |k rateHz +- f|: what lies above half of
 * `rateHz` is mirrored below it, and images lie above it, each with the gain of the hold, sin(pi F / rateHz) / (pi F / rateHz) at
 * their own frequency F (and, since a hold is a whole number of frames, mirrored once more at half the sample rate). A hold lasts
 * a whole number of frames; where the sample rate is no multiple of `rateHz` it lasts one more or less in turn. Rounding is not
 * dithered: its error is at most half a level, and of steady tones a sum of their harmonics, mirrored likewise.
 *
 * The grid and the mix move in straight lines, the rate changes at the next taking: no sample is further from the last one that
 * was taken than half a level, so changes add no step that the effect does not have by itself. Channels do not touch each other.
 * Settings are changed and blocks processed without any allocation in the kernels' memory, so both may be done in an AudioWorklet.
 */
export class BitCrusher {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #state: number;
  #settings: BitCrusherSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: BitCrusherOptions) {
    const { sampleRate, channels, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#settings = options;
    this.#state = kernels.wasm.bitCrusherCreate(channels, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a bit crusher');
    this.set({});
    this.reset();
  }

  /** Sends settings to new values. @throws DspError 'invalid-parameter' */
  set(settings: Partial<BitCrusherSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { bits, rateHz, mix } = next;
    requireInRange('bits', bits, 1, 24);
    requireInRange('rateHz', rateHz, 100, this.#sampleRate);
    requireInRange('mix', mix, 0, 1);
    this.#settings = next;
    this.#kernels.wasm.bitCrusherSet(this.#state, 2 ** (1 - bits), rateHz / this.#sampleRate, mix);
  }

  /** Forgets what is held; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.bitCrusherReset(this.#state);
  }

  /**
   * Crushes a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.bitCrusherProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
