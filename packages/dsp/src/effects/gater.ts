import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while a gater is heard. */
export interface GaterSettings {
  /** From one opening to the next, 0.02 to 60. Of a quarter of a beat: 15 / bpm */
  readonly periodSeconds: number;
  /** Share of the period in which the gate is open, 0 to 1 */
  readonly duty: number;
  /** How long the gate takes to open and to close, 0.001 to 0.1 */
  readonly edgeSeconds: number;
  /** 0 (the sound as it is) to 1 (silence while closed) */
  readonly depth: number;
}

export interface GaterOptions extends GaterSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** Where in its period the gate begins, 0 to 1; 0 when left out */
  readonly phase?: number;
  /** Seconds that a changed depth takes to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Rhythmic gate, in place and without latency. It begins to open at the beginning of each period and to close after `duty` of it;
 * both edges are the same smooth step, u^2 (3 - 2 u), so over a period the gain is `duty` on average (at depth 1). An edge that is longer than
 * the open or the closed part does not come to its end. The place in the period is kept in 64 bits and does not
 * drift against the beat.
 *
 * Nothing clicks: whatever is set, the gain changes by at most 1.5 / (edgeSeconds * sampleRate) a frame, and by the depth's own
 * ramp. Channels do not touch each other but have the same gain. Settings are changed and blocks processed without any allocation in
 * the kernels' memory, so both may be done in an AudioWorklet.
 */
export class Gater {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #phase: number;
  readonly #state: number;
  #settings: GaterSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: GaterOptions) {
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
    this.#state = kernels.wasm.gaterCreate(channels, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a gater');
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values: the depth within `rampSeconds`, the others at once, from where the gate is.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<GaterSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { periodSeconds, duty, edgeSeconds, depth } = next;
    requireInRange('periodSeconds', periodSeconds, 0.02, 60);
    requireInRange('duty', duty, 0, 1);
    requireInRange('edgeSeconds', edgeSeconds, 0.001, 0.1);
    requireInRange('depth', depth, 0, 1);
    this.#settings = next;
    const step = 1 / (periodSeconds * this.#sampleRate);
    this.#kernels.wasm.gaterSet(this.#state, step, duty, Math.round(edgeSeconds * this.#sampleRate), 1 - depth);
  }

  /** Says where in its period the gate is at the next frame, 0 to 1: on a beat, 0. @throws DspError 'invalid-parameter' */
  align(phase: number): void {
    requireInRange('phase', phase, 0, 1);
    this.#kernels.wasm.gaterAlign(this.#state, phase % 1);
  }

  /** Begins anew, closed, at the first phase; a depth that was on its way arrives. */
  reset(): void {
    this.#kernels.wasm.gaterReset(this.#state, this.#phase);
  }

  /**
   * Gates a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.gaterProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
