import {
  BandLevels,
  type Kernels,
  LevelMeter,
  LoudnessMeter,
  type SampleBlock,
  soundPeaks,
  TruePeakMeter,
} from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { SampleMemory } from '../sample-memory.ts';
import { ExcerptKeeper } from './excerpt-keeper.ts';
import { figuresOf } from './figures.ts';
import type { MeasuredSong } from './measured-song.ts';
import { transientsPerSecond } from './transients.ts';

export interface MixdownListenerOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
  /** Keep a song of up to six minutes (of stereo at 44.1 kHz) whole, so that it need not be decoded again. */
  readonly keepWhole?: boolean | undefined;
  /** Where what is kept of the samples is; memory of its own when absent. */
  readonly memory?: SampleMemory | undefined;
}

const LOWEST_RATE = 8000;
const HIGHEST_RATE = 192_000;

/**
 * Measures a mixdown as it streams by, in one pass and in bounded memory: what is kept of the samples is 84 s at most, or
 * six minutes of a song that is to be kept whole (`ExcerptKeeper`), beside figures by the tenth of a second. Blocks of any
 * size give the same answer.
 * Stages: loudness, true peak, level and clipping, third octaves by the tenth of a second, excerpts; at the end the onsets
 * of the excerpts.
 */
export class MixdownListener {
  readonly #kernels: Kernels;
  readonly #options: MixdownListenerOptions;
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;
  readonly #level: LevelMeter;
  readonly #bands: BandLevels;
  readonly #excerpts: ExcerptKeeper;

  /**
   * @throws MasteringError 'source' on more than two channels and on a rate out of range; DspError 'out-of-memory'
   */
  constructor(kernels: Kernels, options: MixdownListenerOptions) {
    const { sampleRate, channels } = options;
    if (channels > 2)
      throw new MasteringError(
        'source',
        `the sound has ${channels} channels; a master has 1 or 2: mix it down to stereo first`,
      );
    if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE))
      throw new MasteringError(
        'source',
        `the sound has a sample rate of ${sampleRate} Hz; a master has ${LOWEST_RATE} to ${HIGHEST_RATE}: convert it first`,
      );
    this.#kernels = kernels;
    this.#options = options;
    this.#loudness = new LoudnessMeter(kernels, { sampleRate, channels });
    this.#truePeak = new TruePeakMeter(kernels, { sampleRate, channels });
    this.#level = new LevelMeter(kernels, { channels });
    this.#bands = new BandLevels(kernels, { sampleRate, channels });
    this.#excerpts = new ExcerptKeeper(options, (first, seconds) =>
      Math.max(0, ...this.#truePeak.result().secondPeaks.slice(first, first + seconds)),
    );
  }

  /**
   * Takes the next samples, which it leaves as they are.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite; the listener has
   *   to be reset then
   */
  push(block: SampleBlock): void {
    const peaks = soundPeaks(block, this.#options.channels);
    this.#loudness.process(block, peaks);
    this.#truePeak.process(block);
    this.#level.process(block, peaks);
    this.#bands.process(block);
    this.#excerpts.push(block);
  }

  /** What was heard since the start or the last `finish` or `reset`; the listener is ready for the next song then. */
  finish(): MeasuredSong {
    const loudness = this.#loudness.result();
    const truePeak = this.#truePeak.result();
    const level = this.#level.result();
    const channelLevels = this.#level.channelLevels();
    const bands = this.#bands.finish();
    const excerpts = this.#excerpts.finish();
    this.reset();
    const transients = transientsPerSecond(this.#kernels, this.#options.sampleRate, excerpts.even);
    return {
      ...{ sampleRate: this.#options.sampleRate, channels: this.#options.channels, frames: bands.frames },
      figures: figuresOf({ loudness, truePeak, level, channelLevels, bands, transients }),
      ...{ loudness, secondPeaks: truePeak.secondPeaks, bands, excerpts },
    };
  }

  /** Forgets all samples. */
  reset(): void {
    this.#loudness.reset();
    this.#truePeak.reset();
    this.#level.reset();
    this.#bands.reset();
    this.#excerpts.reset();
  }
}
