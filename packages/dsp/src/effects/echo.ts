import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while an echo sounds. */
export interface EchoSettings {
  /** From a sound to its first echo, and from each echo to the next: 0.01 to `maximumSeconds`. Of half a beat: 30 / bpm */
  readonly timeSeconds: number;
  /** Gain from each echo to the next, 0 to 0.95 */
  readonly feedback: number;
  /** Corner of the high-pass that the sound goes through from each echo to the next, Hz, 20 to 2000 */
  readonly lowCutHz: number;
  /** Corner of the low-pass likewise, Hz, 1000 to 0.45 times the sample rate */
  readonly highCutHz: number;
  /** Gain into the echo, 0 to 1 */
  readonly send: number;
  /** Gain of the echoes, 0 to 1 */
  readonly wet: number;
  /** Gain of the sound itself, 0 to 1 */
  readonly dry: number;
}

export interface EchoOptions extends EchoSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2; 2 with ping-pong */
  readonly channels: number;
  /** Echoes of the input in mono are left and right in turn; false when left out */
  readonly pingPong?: boolean;
  /** The longest time that can be set, 0.05 to 10; 4 when left out */
  readonly maximumSeconds?: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Echo with a filtered way back, in place and without latency. Stages: delay -> high-pass and low-pass (second order,
 * Butterworth) -> feedback -> delay. The first echo is an exact copy, `timeSeconds` to the nearest frame behind the sound;
 * each next one has been filtered once more.
 *
 * Echo out: `set({ send: 0, dry: 0 })` cuts the sound, and what is in the loop rings on. It decays below -400 dB, where it
 * is set to exact silence. With `send` 0, `wet` 1 and `feedback` 0.95 a tail falls by 0.45 dB each time.
 *
 * A new time is reached as by a tape's head that moves: evenly, by at most half a frame each frame, so the pitch of
 * echoes on the way changes by at most a half. All other settings arrive within the ramp in a straight line. Nothing clicks: a
 * change of gain moves a sample from the one before by at most its height over the frames of the ramp, a change of time
 * by at most half of the steepest step that the sound itself has. Without ping-pong channels do not touch each other. Settings are changed and blocks processed without any allocation in
 * the kernels' memory, so both may be done in an AudioWorklet.
 */
export class Echo {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #maximumSeconds: number;
  readonly #state: number;
  #settings: EchoSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: EchoOptions) {
    const { sampleRate, channels, pingPong = false, maximumSeconds = 4, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, pingPong ? 2 : 1, 2);
    requireInRange('maximumSeconds', maximumSeconds, 0.05, 10);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#maximumSeconds = maximumSeconds;
    this.#settings = options;
    const longest = Math.round(maximumSeconds * sampleRate);
    const rampFrames = Math.round(rampSeconds * sampleRate);
    this.#state = kernels.wasm.echoCreate(sampleRate, channels, longest, rampFrames, pingPong);
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for ${maximumSeconds} s of echo`);
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks, the time as above.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<EchoSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { timeSeconds, feedback, lowCutHz, highCutHz, send, wet, dry } = next;
    requireInRange('timeSeconds', timeSeconds, 0.01, this.#maximumSeconds);
    requireInRange('feedback', feedback, 0, 0.95);
    requireInRange('lowCutHz', lowCutHz, 20, 2000);
    requireInRange('highCutHz', highCutHz, 1000, 0.45 * this.#sampleRate);
    requireInRange('send', send, 0, 1);
    requireInRange('wet', wet, 0, 1);
    requireInRange('dry', dry, 0, 1);
    this.#settings = next;
    const delay = Math.round(timeSeconds * this.#sampleRate);
    this.#kernels.wasm.echoSet(this.#state, delay, lowCutHz, highCutHz, send, feedback, wet, dry);
  }

  /** Forgets what was heard; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.echoReset(this.#state);
  }

  /**
   * Adds echoes to a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.echoProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
