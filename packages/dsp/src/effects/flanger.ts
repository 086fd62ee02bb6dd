import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

const LONGEST_SECONDS = 0.01;

/** What may change while a flanger is heard. */
export interface FlangerSettings {
  /** The shortest delay, 0.0005 to 0.01 */
  readonly delaySeconds: number;
  /** How much longer the longest one is, 0 to 0.01 */
  readonly sweepSeconds: number;
  /** From one longest delay to the next, 0.05 to 120. Of four bars of four: 960 / bpm */
  readonly periodSeconds: number;
  /** By how much the right channel is ahead, in periods, 0 to 0.5 */
  readonly spread: number;
  /** Gain of the way back, -0.95 to 0.95 */
  readonly feedback: number;
  /** Share of the delayed sound, 0 to 1; the notches are deepest at 0.5 */
  readonly mix: number;
}

export interface FlangerOptions extends FlangerSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** Where in its period the sweep begins, 0 to 1: 0.75 is the shortest delay; 0 (half-way up) when left out */
  readonly phase?: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Flanger, in place and without latency: the sound and a copy of it with a delay that follows a sine,
 * `delaySeconds + sweepSeconds (1 + sin) / 2`, between frames by Lagrange's polynomial of third degree. Without a way back and
 * with a mix of one half the gain is |cos(pi f delay)|, a comb that moves.
 *
 * Settings move in straight lines, the period at once and from where the sine is: nothing clicks. Channels do not touch each
 * other. Settings are changed and blocks processed without any allocation in the kernels' memory, so both may be done in
 * an AudioWorklet.
 * Source: U. Zolzer (ed.), "DAFX: Digital Audio Effects", second edition, 2011, section 2.6.
 */
export class Flanger {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #phase: number;
  readonly #state: number;
  #settings: FlangerSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: FlangerOptions) {
    const { sampleRate, channels, phase = 0, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInRange('phase', phase, 0, 1);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#phase = phase % 1;
    this.#settings = options;
    const longest = Math.ceil(2 * LONGEST_SECONDS * sampleRate) + 1;
    this.#state = kernels.wasm.flangerCreate(channels, longest, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a flanger');
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<FlangerSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { delaySeconds, sweepSeconds, periodSeconds, spread, feedback, mix } = next;
    requireInRange('delaySeconds', delaySeconds, 0.0005, LONGEST_SECONDS);
    requireInRange('sweepSeconds', sweepSeconds, 0, LONGEST_SECONDS);
    requireInRange('periodSeconds', periodSeconds, 0.05, 120);
    requireInRange('spread', spread, 0, 0.5);
    requireInRange('feedback', feedback, -0.95, 0.95);
    requireInRange('mix', mix, 0, 1);
    this.#settings = next;
    const rate = this.#sampleRate;
    const step = 1 / (periodSeconds * rate);
    this.#kernels.wasm.flangerSet(this.#state, delaySeconds * rate, sweepSeconds * rate, step, spread, feedback, mix);
  }

  /** Forgets what was heard; settings that were on their way arrive, and the sweep begins at its phase. */
  reset(): void {
    this.#kernels.wasm.flangerReset(this.#state, this.#phase);
  }

  /**
   * Flanges a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.flangerProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
