import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while a roll is heard. */
export interface RollSettings {
  /** How much of what was heard last is repeated, 0.02 to `maximumSeconds`; null for none. Of half a beat: 30 / bpm */
  readonly lengthSeconds: number | null;
}

export interface RollOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** The longest length that can be set, 0.05 to 10; 4 when left out */
  readonly maximumSeconds?: number;
  /** Seconds of the crossfade into a loop, from one to another, and out again, 0.001 to 0.01; 0.005 when left out */
  readonly fadeSeconds?: number;
}

/**
 * Loop roll, in place and without latency: repeats what was heard last, a beat or a part of one, until it is let go; the music goes on
 * underneath and is heard at the right place again afterwards.
 *
 * The loop begins with a crossfade from the sound into the last `lengthSeconds` of it, to the nearest frame, and repeats the outcome,
 * crossfade included, bit by bit. So its seam is where the sound itself went on when the roll began: nothing is joined that was not
 * heard in a row or faded. A new length while rolling fades into the last part of what was heard of that length, again
 * repeated without end; a change that comes during a fade waits for its end.
 *
 * Nothing clicks: in a fade a sample moves from the one before by at most what both sounds move, and their distance over the frames of
 * the fade. Without a roll the output is the input bit by bit. Channels do not touch each other. Settings are changed and blocks processed
 * without any allocation in the kernels' memory, so both may be done in an AudioWorklet.
 */
export class Roll {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #maximumSeconds: number;
  readonly #state: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: RollOptions) {
    const { sampleRate, channels, maximumSeconds = 4, fadeSeconds = 0.005 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInRange('maximumSeconds', maximumSeconds, 0.05, 10);
    requireInRange('fadeSeconds', fadeSeconds, 0.001, 0.01);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#maximumSeconds = maximumSeconds;
    const longest = Math.round(maximumSeconds * sampleRate);
    this.#state = kernels.wasm.rollCreate(channels, longest, Math.round(fadeSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for ${maximumSeconds} s of a roll`);
    this.reset();
  }

  /** Begins to roll with the next block, changes the length, or lets go. @throws DspError 'invalid-parameter' */
  set({ lengthSeconds }: RollSettings): void {
    if (lengthSeconds !== null) requireInRange('lengthSeconds', lengthSeconds, 0.02, this.#maximumSeconds);
    this.#kernels.wasm.rollSet(this.#state, Math.round((lengthSeconds ?? 0) * this.#sampleRate));
  }

  /** Forgets what was heard, and lets go at once. */
  reset(): void {
    this.#kernels.wasm.rollReset(this.#state);
  }

  /**
   * Rolls a block in place, or lets it through.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.rollProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
