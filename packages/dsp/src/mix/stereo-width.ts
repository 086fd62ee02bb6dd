import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while the width is processed. */
export interface StereoWidthSettings {
  /** Gain of the side, 0 (mono) to 2; 1 leaves it */
  readonly width: number;
  /** Below this frequency there is no side, Hz, 20 to 1000; null for none */
  readonly monoBelowHz: number | null;
}

export interface StereoWidthOptions extends StereoWidthSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Width of a stereo signal, in place and without latency: the side (left - right) / 2 goes through a high-pass (second order,
 * Butterworth, 12 dB an octave) when there is `monoBelowHz`, and is multiplied by `width`. The middle is not touched, so left +
 * right, what is heard in mono, stays as it is, in magnitude and phase, but for the rounding of a sample. A signal whose channels
 * are equal, or any signal at width 1 with no frequency, comes out bit by bit.
 */
export class StereoWidth {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #state: number;
  #settings: StereoWidthSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: StereoWidthOptions) {
    const { sampleRate, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#settings = options;
    this.#state = kernels.wasm.stereoWidthCreate(sampleRate, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a width');
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<StereoWidthSettings>): void {
    const { width, monoBelowHz } = { ...this.#settings, ...settings };
    requireInRange('width', width, 0, 2);
    if (monoBelowHz !== null) requireInRange('monoBelowHz', monoBelowHz, 20, 1000);
    this.#settings = { width, monoBelowHz };
    this.#kernels.wasm.stereoWidthSet(this.#state, width, monoBelowHz ?? 0);
  }

  /** Forgets what was heard; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.stereoWidthReset(this.#state);
  }

  /** @throws DspError 'invalid-parameter' unless there are 2 channels, or when a sample is not finite or beyond 1e6 */
  process(block: SampleBlock): void {
    requireBlock(block, 2);
    this.#kernels.wasm.stereoWidthProcess(this.#state, block.pointer(0), block.pointer(1), block.frames);
  }
}
