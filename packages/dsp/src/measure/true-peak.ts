import type { SampleBlock } from '../block.ts';
import { requireChannels, requireSound } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { amplitudeToDb } from './decibels.ts';

export interface TruePeakOptions {
  /** Hz, 4000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
}

/** True peak of everything heard so far. */
export interface TruePeak {
  /** Linear, of the loudest channel. */
  readonly peak: number;
  /** dBTP; null for silence. */
  readonly peakDb: number | null;
  /** Linear, by channel. */
  readonly channelPeaks: readonly number[];
  /**
   * Linear, of the loudest channel, for each second begun, the first at least: value i is that of the second from i on. A
   * peak between samples is found up to 48 samples behind its place, so at the end of a second it may count for the next.
   */
  readonly secondPeaks: readonly number[];
}

/** Values a sample that are looked at. Source: ITU-R BS.1770-5, Annex 2 (at least 4 at 48 kHz, less above). */
export function truePeakFactor(sampleRate: number): 1 | 2 | 4 {
  if (sampleRate >= 176_400) return 1;
  return sampleRate >= 88_200 ? 2 : 4;
}

/**
 * True-peak meter: the largest magnitude at the samples and between them, at 4 values a sample below 88.2 kHz, 2 below
 * 176.4 kHz and 1 from there on. A peak that falls between two of these values reads lower than it is: at most 0.17 dB
 * for a quarter of the sample rate, 0.04 dB for an eighth.
 * Stages: bound of 16 samples from their magnitudes and second differences -> where it exceeds the peak so far, 32-tap
 * polyphase interpolation -> maximum.
 * Source: ITU-R BS.1770-5, Annex 2, with a longer filter than the 12 taps a phase that it gives as an example: on the
 * signals of EBU Tech 3341 that one reads between 0.32 dB too low and 0.05 dB too high, this one within 0.02 dB
 * (conformance/loudness).
 */
export class TruePeakMeter {
  readonly #kernels: Kernels;
  readonly #states: readonly number[];
  readonly #secondFrames: number;
  /** By channel, of all seconds that are over. */
  readonly #channelPeaks: Float64Array;
  /** Of the loudest channel, of each second that is over. */
  #secondPeaks: number[] = [];
  /** Frames of the present second. */
  #frames = 0;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels }: TruePeakOptions) {
    requireInRange('sampleRate', sampleRate, 4000, 192_000);
    requireInteger('channels', channels, 1, 8);
    this.#kernels = kernels;
    this.#secondFrames = Math.round(sampleRate);
    this.#channelPeaks = new Float64Array(channels);
    this.#states = Array.from({ length: channels }, () => {
      const state = kernels.wasm.truePeakCreate(truePeakFactor(sampleRate));
      if (state === 0) throw new DspError('out-of-memory', 'no memory left for a true-peak meter');
      return state;
    });
  }

  /** Starts anew. */
  reset(): void {
    for (const state of this.#states) this.#kernels.wasm.truePeakReset(state);
    this.#channelPeaks.fill(0);
    this.#secondPeaks = [];
    this.#frames = 0;
  }

  /**
   * Listens to a block, which it leaves as it is.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite (after which the
   * meter has to be reset)
   */
  process(block: SampleBlock): void {
    requireChannels(block, this.#states.length);
    for (let at = 0; at < block.frames; ) {
      const frames = Math.min(this.#secondFrames - this.#frames, block.frames - at);
      this.#states.forEach((state, channel) => {
        requireSound(this.#kernels.wasm.truePeakAdd(state, block.pointer(channel) + at * 4, frames), channel);
      });
      at += frames;
      this.#frames += frames;
      if (this.#frames === this.#secondFrames) this.#endSecond();
    }
  }

  /** The peak if silence followed; `process` may go on afterwards. */
  result(): TruePeak {
    const last = this.#states.map((state) => this.#kernels.wasm.truePeakOf(state));
    const channelPeaks = last.map((peak, channel) => Math.max(peak, this.#channelPeaks[channel]!));
    const peak = Math.max(...channelPeaks);
    const secondPeaks = [...this.#secondPeaks];
    // What is found behind the last sample belongs to the last second.
    const index = this.#frames > 0 ? secondPeaks.length : Math.max(0, secondPeaks.length - 1);
    secondPeaks[index] = Math.max(secondPeaks[index] ?? 0, ...last);
    return { peak, peakDb: amplitudeToDb(peak), channelPeaks, secondPeaks };
  }

  #endSecond(): void {
    const peaks = this.#states.map((state) => this.#kernels.wasm.truePeakTake(state));
    this.#secondPeaks.push(Math.max(...peaks));
    peaks.forEach((peak, channel) => {
      this.#channelPeaks[channel] = Math.max(this.#channelPeaks[channel]!, peak);
    });
    this.#frames = 0;
  }
}
