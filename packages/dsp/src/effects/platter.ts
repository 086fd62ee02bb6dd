import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Share of a backspin in which the record is turned round. */
const TURN = 0.125;

export interface PlatterOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** How far back the record can be played, 0.5 to 20; 6 when left out */
  readonly historySeconds?: number;
  /** Seconds of the crossfades, 0.001 to 0.05; 0.005 when left out */
  readonly fadeSeconds?: number;
}

/**
 * The platter of a turntable, in place and without latency: a stop or a backspin of what is heard, by resampling.
 *
 * Stop: the speed falls in a straight line, 1 - t / seconds, as a motor's that is braked evenly; so does the pitch, and the record
 * turns on by half of `seconds`. Backspin: in the first eighth of `seconds` the speed goes in a straight line from 1 to `-speed`, then
 * in another to 0. Both end in silence, which lasts until `release`; the music goes on underneath and is heard at the right
 * place again afterwards.
 *
 * Between frames the sound is a sum of 32 samples under a Kaiser window, which keeps images of what lies below 0.4 of the sample rate under -90 dB; in the
 * last tenth of `seconds` it fades evenly. Played faster than it was recorded (in a backspin), what lies above the sample rate
 * over twice the speed is mirrored, as nothing filters it. The head begins 16 frames behind the sound, to which and from which it
 * fades within `fadeSeconds`; a change that comes during a fade waits for its end. Nothing clicks. Until the first change and after
 * a release the output is the input bit by bit. Channels do not touch each other. Changes and blocks need no allocation in
 * the kernels' memory, so both may be done in an AudioWorklet.
 */
export class Platter {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #historySeconds: number;
  readonly #state: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: PlatterOptions) {
    const { sampleRate, channels, historySeconds = 6, fadeSeconds = 0.005 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInRange('historySeconds', historySeconds, 0.5, 20);
    requireInRange('fadeSeconds', fadeSeconds, 0.001, 0.05);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#historySeconds = historySeconds;
    const longest = Math.round(historySeconds * sampleRate);
    this.#state = kernels.wasm.platterCreate(channels, longest, Math.round(fadeSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for ${historySeconds} s of a record`);
  }

  /**
   * Stops the record, from the next block on.
   * @param options.seconds until it stands still, 0.05 to 20, and up to twice `historySeconds`
   * @throws DspError 'invalid-parameter'
   */
  stop({ seconds }: { readonly seconds: number }): void {
    requireInRange('seconds', seconds, 0.05, Math.min(20, 2 * this.#historySeconds));
    this.#kernels.wasm.platterMove(this.#state, 0, Math.round(seconds * this.#sampleRate), 1);
  }

  /**
   * Spins the record back, from the next block on.
   * @param options.seconds until it stands still, 0.05 to 20, and up to `historySeconds / (1 + speed / 2)`
   * @param options.speed the fastest way back, 0.5 to 4
   * @throws DspError 'invalid-parameter'
   */
  spin({ seconds, speed }: { readonly seconds: number; readonly speed: number }): void {
    requireInRange('speed', speed, 0.5, 4);
    requireInRange('seconds', seconds, 0.05, Math.min(20, this.#historySeconds / (1 + speed / 2)));
    const frames = Math.round(seconds * this.#sampleRate);
    this.#kernels.wasm.platterMove(this.#state, Math.round(TURN * frames), frames, -speed);
  }

  /** Lets the music be heard again, from the next block on. */
  release(): void {
    this.#kernels.wasm.platterRelease(this.#state);
  }

  /** Forgets what was heard and plays what comes in. */
  reset(): void {
    this.#kernels.wasm.platterReset(this.#state);
  }

  /**
   * Plays a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.platterProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
