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
 * Source: ITU-R BS.1770-5, Annex 2, with a longer filter than the one given there.
 */
export class TruePeakMeter {
  readonly #kernels: Kernels;
  readonly #states: readonly number[];

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels }: TruePeakOptions) {
    requireInRange('sampleRate', sampleRate, 4000, 192_000);
    requireInteger('channels', channels, 1, 8);
    this.#kernels = kernels;
    this.#states = Array.from({ length: channels }, () => {
      const state = kernels.wasm.truePeakCreate(truePeakFactor(sampleRate));
      if (state === 0) throw new DspError('out-of-memory', 'no memory left for a true-peak meter');
      return state;
    });
  }

  /** Starts anew. */
  reset(): void {
    for (const state of this.#states) this.#kernels.wasm.truePeakReset(state);
  }

  /**
   * Listens to a block, which it leaves as it is.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite (after which the
   * meter has to be reset)
   */
  process(block: SampleBlock): void {
    requireChannels(block, this.#states.length);
    this.#states.forEach((state, channel) => {
      requireSound(this.#kernels.wasm.truePeakAdd(state, block.pointer(channel), block.frames), channel);
    });
  }

  /** The peak if silence followed; `process` may go on afterwards. */
  result(): TruePeak {
    const channelPeaks = this.#states.map((state) => this.#kernels.wasm.truePeakOf(state));
    const peak = Math.max(...channelPeaks);
    return { peak, peakDb: amplitudeToDb(peak), channelPeaks };
  }
}
