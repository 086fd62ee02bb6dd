import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while a phaser is heard. */
export interface PhaserSettings {
  /** Lowest corner of the all-passes, Hz, 20 to `highHz` */
  readonly lowHz: number;
  /** Highest corner, Hz, `lowHz` to a quarter of the sample rate */
  readonly highHz: number;
  /** From one highest corner to the next, 0.05 to 120. Of four bars of four: 960 / bpm */
  readonly periodSeconds: number;
  /** By how much the right channel is ahead, in periods, 0 to 0.5 */
  readonly spread: number;
  /** Gain of the way back, -0.9 to 0.9 */
  readonly feedback: number;
  /** Share of the sound behind the all-passes, 0 to 1; the notches are deepest at 0.5 */
  readonly mix: number;
}

export interface PhaserOptions extends PhaserSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** All-passes in a row, 2 to 12; each two make a notch */
  readonly stages: number;
  /** Where in its period the sweep begins, 0 to 1: 0.75 is the lowest corner; 0 (half-way up) when left out */
  readonly phase?: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Phaser, in place and without latency: the sound and what first-order all-passes in a row make of it. Their common corner
 * follows a sine, evenly in octaves between `lowHz` and `highHz`. An all-pass turns a tone of frequency f by
 * 2 arctan(tan(pi f / rate) / tan(pi corner / rate)); where all together turn it by an odd number of half turns, a mix of one half has
 * a notch. The way back goes from the last stage to the first, one frame late.
 *
 * Settings move in straight lines, the period at once and from where the sine is: nothing clicks. Channels do not touch each
 * other. Settings are changed and blocks processed without any allocation in the kernels' memory, so both may be done in
 * an AudioWorklet.
 * Source: U. Zolzer (ed.), "DAFX: Digital Audio Effects", second edition, 2011, section 2.4; all-passes by trapezoidal
 * integration: V. Zavalishin, "The Art of VA Filter Design", chapter 3.
 */
export class Phaser {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #phase: number;
  readonly #state: number;
  #settings: PhaserSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: PhaserOptions) {
    const { sampleRate, channels, stages, phase = 0, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInteger('stages', stages, 2, 12);
    requireInRange('phase', phase, 0, 1);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#phase = phase % 1;
    this.#settings = options;
    this.#state = kernels.wasm.phaserCreate(channels, stages, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a phaser');
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<PhaserSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { lowHz, highHz, periodSeconds, spread, feedback, mix } = next;
    const rate = this.#sampleRate;
    requireInRange('highHz', highHz, 20, 0.25 * rate);
    requireInRange('lowHz', lowHz, 20, highHz);
    requireInRange('periodSeconds', periodSeconds, 0.05, 120);
    requireInRange('spread', spread, 0, 0.5);
    requireInRange('feedback', feedback, -0.9, 0.9);
    requireInRange('mix', mix, 0, 1);
    this.#settings = next;
    const angle = Math.PI / rate;
    const step = 1 / (periodSeconds * rate);
    this.#kernels.wasm.phaserSet(this.#state, angle * lowHz, angle * highHz, step, spread, feedback, mix);
  }

  /** Forgets what was heard; settings that were on their way arrive, and the sweep begins at its phase. */
  reset(): void {
    this.#kernels.wasm.phaserReset(this.#state, this.#phase);
  }

  /**
   * Phases a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.phaserProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
