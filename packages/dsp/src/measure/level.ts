import type { SampleBlock } from '../block.ts';
import { soundPeaks } from '../block-requirements.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { amplitudeToDb } from './decibels.ts';

/** Level of one channel, or of all together. */
export interface Level {
  /** Largest magnitude of a sample, linear. */
  readonly samplePeak: number;
  /** Root of the mean square, linear; 0 when nothing was heard. */
  readonly rms: number;
  /** Mean of the samples (DC offset), linear. */
  readonly mean: number;
  /** Share of the samples that stand at full scale (1 - 2^-15 and more) in runs of four and more: cut off there. */
  readonly clippedShare: number;
  /** Crest factor: peak over RMS in dB; null for silence. */
  readonly crestDb: number | null;
}

/** Peak, RMS, DC offset, clipping and crest factor. */
export class LevelMeter {
  readonly #kernels: Kernels;
  readonly #channels: number;
  /** Sums of two channels each. */
  readonly #pairs: readonly number[];
  /** Of clipping, by channel. */
  readonly #clipping: readonly number[];
  readonly #peaks: Float64Array;
  #frames = 0;

  /**
   * @param channels 1 to 8
   * @throws DspError 'invalid-parameter', 'out-of-memory'
   */
  constructor(kernels: Kernels, { channels }: { readonly channels: number }) {
    requireInteger('channels', channels, 1, 8);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#peaks = new Float64Array(channels);
    this.#pairs = Array.from({ length: Math.ceil(channels / 2) }, () => {
      return allocated(kernels.wasm.levelCreate());
    });
    this.#clipping = Array.from({ length: channels }, () => allocated(kernels.wasm.clippingCreate()));
  }

  /** Starts anew. */
  reset(): void {
    for (const pair of this.#pairs) this.#kernels.wasm.levelReset(pair);
    for (const state of this.#clipping) this.#kernels.wasm.clippingReset(state);
    this.#peaks.fill(0);
    this.#frames = 0;
  }

  /**
   * Listens to a block, which it leaves as it is.
   * @param peaks of the block, as `soundPeaks` says
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite
   */
  process(block: SampleBlock, peaks: readonly number[] = soundPeaks(block, this.#channels)): void {
    peaks.forEach((peak, channel) => {
      this.#kernels.wasm.clippingAdd(this.#clipping[channel]!, block.pointer(channel), block.frames, peak);
      this.#peaks[channel] = Math.max(this.#peaks[channel]!, peak);
    });
    this.#pairs.forEach((pair, i) => {
      const right = Math.min(2 * i + 1, this.#channels - 1);
      this.#kernels.wasm.levelAdd(pair, block.pointer(2 * i), block.pointer(right), block.frames);
    });
    this.#frames += block.frames;
  }

  /** Largest magnitude of a sample so far, over all channels. */
  samplePeak(): number {
    return Math.max(...this.#peaks);
  }

  /** Sum of the squares of all samples so far, over all channels. */
  squares(): number {
    let sum = 0;
    for (let channel = 0; channel < this.#channels; channel++)
      sum += this.#kernels.doubles(this.#pairs[channel >> 1]!, 4)[2 + (channel & 1)]!;
    return sum;
  }

  /** Levels by channel. */
  channelLevels(): Level[] {
    const frames = Math.max(1, this.#frames);
    return Array.from({ length: this.#channels }, (_, channel) => {
      const sums = this.#kernels.doubles(this.#pairs[channel >> 1]!, 4);
      const mean = sums[channel & 1]! / frames;
      const clipped = this.#kernels.wasm.clippingCount(this.#clipping[channel]!) / frames;
      return level(this.#peaks[channel]!, sums[2 + (channel & 1)]! / frames, mean, clipped);
    });
  }

  /** Level of all channels together: the largest peak, the others over all samples. */
  result(): Level {
    const levels = this.channelLevels();
    const average = (value: (level: Level) => number) =>
      levels.reduce((sum, each) => sum + value(each), 0) / levels.length;
    return level(
      this.samplePeak(),
      average(({ rms }) => rms * rms),
      average(({ mean }) => mean),
      average(({ clippedShare }) => clippedShare),
    );
  }
}

/** @throws DspError 'out-of-memory' */
function allocated(state: number): number {
  if (state === 0) throw new DspError('out-of-memory', 'no memory left for a level meter');
  return state;
}

function level(samplePeak: number, meanSquare: number, mean: number, clippedShare: number): Level {
  const rms = Math.sqrt(meanSquare);
  return { samplePeak, rms, mean, clippedShare, crestDb: rms > 0 ? amplitudeToDb(samplePeak / rms) : null };
}
