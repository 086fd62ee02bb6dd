import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { dbToAmplitude } from '../measure/decibels.ts';

const LEAST_DB = -120;
const MOST_DB = 60;

export interface GainOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** -120 to 60 */
  readonly gainDb: number;
  /** Seconds that a changed gain takes to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * A gain for all channels, in place and without latency. A gain that is set anew glides there in a straight line; blocks of
 * any size give the same samples, and a gain of 0 dB leaves them bit by bit.
 */
export class Gain {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, gainDb, rampSeconds = 0.02 }: GainOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInRange('gainDb', gainDb, LEAST_DB, MOST_DB);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#state = kernels.wasm.gainCreate(channels, Math.round(rampSeconds * sampleRate), dbToAmplitude(gainDb));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a gain');
  }

  /** Sends the gain to a new value, which it reaches `rampSeconds` into the next blocks. @throws DspError */
  set({ gainDb }: { readonly gainDb: number }): void {
    requireInRange('gainDb', gainDb, LEAST_DB, MOST_DB);
    this.#kernels.wasm.gainSet(this.#state, dbToAmplitude(gainDb));
  }

  /** A gain that was on its way arrives. */
  reset(): void {
    this.#kernels.wasm.gainReset(this.#state);
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6 */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.gainProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
