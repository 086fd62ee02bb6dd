import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while a reverb sounds. */
export interface ReverbSettings {
  /** Seconds in which low tones decay by 60 dB, 0.2 to 20 */
  readonly decaySeconds: number;
  /** As a share of `decaySeconds`: that of the highest tones, 0.1 to 1 */
  readonly highDecay: number;
  /** Where the decay (in dB a second) is the geometric mean of both, Hz, 500 to 0.45 times the sample rate */
  readonly dampingHz: number;
  /** Corner of the high-pass in front, Hz, 20 to 2000 */
  readonly lowCutHz: number;
  /** Gain into the reverb, 0 to 1 */
  readonly send: number;
  /** Gain of the reverb, 0 to 1; at 1, steady noise is as loud in it as it came in */
  readonly wet: number;
  /** Gain of the sound itself, 0 to 1 */
  readonly dry: number;
}

export interface ReverbOptions extends ReverbSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** Scales the lines of the network, 0.5 to 2; 1 (23 to 79 ms) when left out */
  readonly size?: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Reverb, in place, without latency of the sound itself. Stages: high-pass -> three all-passes a channel -> feedback delay
 * network of 16 lines whose lengths are different primes, mixed by a Hadamard matrix, each with a first-order shelf that makes
 * low and high tones decay as they should -> sums for left and right with signs of their own.
 *
 * The decay follows from the shelves: by Schroeder's backward integration, octave bands decay within 5 % of what they are set to.
 * That holds while the shortest decay is above about six times the longest line; a sound that is gone after a few passes has
 * no even decay. At size 1 the first reflection comes after 23 ms, and the lines hold 0.74 s: 0.74 modes a hertz. Echo density
 * (of Abel and Huang, 1 for noise) is above 0.8 from 70 ms on and above 0.95 from 150 ms on, and no lag of the tail correlates by
 * more than 0.22: it has no pitch. Both outputs hear both inputs, and correlate by less than 0.1.
 *
 * Reverb tail: `set({ send: 0, dry: 0 })` cuts the sound and lets the tail ring, to exact silence below -400 dB.
 * Settings move in straight lines, so nothing clicks: a change moves a sample from the one before by at most the height of
 * what it changes over the frames of the ramp. Settings are changed and blocks processed without any allocation in the kernels'
 * memory, so both may be done in an AudioWorklet.
 * Sources: J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 90th convention
 * (1991); J. S. Abel and P. Huang, "A simple, robust measure of reverberation echo density", AES 121st convention (2006).
 */
export class Reverb {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #state: number;
  #settings: ReverbSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: ReverbOptions) {
    const { sampleRate, channels, size = 1, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    requireInRange('size', size, 0.5, 2);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#settings = options;
    this.#state = kernels.wasm.reverbCreate(sampleRate, channels, size, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a reverb');
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach `rampSeconds` into the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<ReverbSettings>): void {
    const next = { ...this.#settings, ...settings };
    const { decaySeconds, highDecay, dampingHz, lowCutHz, send, wet, dry } = next;
    requireInRange('decaySeconds', decaySeconds, 0.2, 20);
    requireInRange('highDecay', highDecay, 0.1, 1);
    requireInRange('dampingHz', dampingHz, 500, 0.45 * this.#sampleRate);
    requireInRange('lowCutHz', lowCutHz, 20, 2000);
    requireInRange('send', send, 0, 1);
    requireInRange('wet', wet, 0, 1);
    requireInRange('dry', dry, 0, 1);
    this.#settings = next;
    const high = highDecay * decaySeconds;
    this.#kernels.wasm.reverbSet(this.#state, decaySeconds, high, dampingHz, lowCutHz, send, wet, dry);
  }

  /** Forgets what was heard; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.reverbReset(this.#state);
  }

  /**
   * Adds reverberation to a block in place.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.reverbProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }
}
