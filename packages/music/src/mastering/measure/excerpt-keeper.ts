import type { SampleBlock } from '@tutti/dsp';
import { SampleMemory } from '../sample-memory.ts';

/** Seconds of an excerpt; a whole number, as the peaks of the true-peak meter are by seconds. */
const EXCERPT_SECONDS = 3;
/** Most excerpts that are kept, at rates up to 48 kHz. */
const MOST_EXCERPTS = 24;
/** Of a song up to this long all is known when its master is planned, at rates up to 48 kHz. */
export const MOST_TRIED_SECONDS = MOST_EXCERPTS * EXCERPT_SECONDS;
/** Excerpts that are kept for their peaks. */
const MOST_LOUDEST = 4;
const MOST_FRAMES = MOST_TRIED_SECONDS * 48_000;
/** Samples of a song that is kept whole at most, all channels: six minutes of stereo at 44.1 kHz. */
const MOST_WHOLE_SAMPLES = 2 ** 25;

/** A stretch of a song, kept as it was. */
export interface Excerpt {
  /** First frame of it in the song; a whole number of seconds. */
  readonly start: number;
  readonly channels: readonly Float32Array[];
}

/** What of a song is kept for trying a plan on. */
export interface Excerpts {
  /** Evenly spread over the song, in order; together the whole song when that is short enough. */
  readonly even: readonly Excerpt[];
  /** Those with the largest peaks, the largest first, that are not among them; at most four. */
  readonly loudest: readonly Excerpt[];
  /** All of the song, in order; null when that was not asked for, or it is too long to be kept. */
  readonly whole: readonly Excerpt[] | null;
}

export interface ExcerptKeeperOptions {
  readonly sampleRate: number;
  readonly channels: number;
  /** Keep a song of up to six minutes (of stereo at 44.1 kHz) whole. */
  readonly keepWhole?: boolean | undefined;
  /** Where samples are kept; memory of its own when absent. */
  readonly memory?: SampleMemory | undefined;
}

/** Multiples of the golden section modulo 1 are spread more evenly than those of any other number, and have no period. */
const GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

/**
 * Keeps stretches of 3 s of a stream of unknown length in bounded memory: all of the first 72 s; when there are more, about
 * every second, fourth, eighth and so on, evenly spread but not in step with any bar or phrase of the music. Which they are
 * depends on the length alone, not on the blocks. Of a song that is kept whole, they are parts of what is kept.
 */
export class ExcerptKeeper {
  readonly #channels: number;
  readonly #frames: number;
  readonly #most: number;
  readonly #peakOf: (firstSecond: number, seconds: number) => number;
  #present: Float32Array[];
  #filled = 0;
  /** Number of the present excerpt. */
  #index = 0;
  /** Share of the excerpts that is kept. */
  #share = 1;
  #kept: Excerpt[] = [];
  readonly #memory: SampleMemory;
  readonly #keepWhole: boolean;
  #whole: Excerpt[] | null;
  /** Samples of what is no longer kept, to be written over. */
  #spare: Float32Array[][] = [];
  /** The largest first. */
  #loudest: { readonly peak: number; readonly excerpt: Excerpt }[] = [];

  /** @param peakOf the largest peak of whole seconds that have passed */
  constructor(
    { sampleRate, channels, keepWhole = false, memory = new SampleMemory() }: ExcerptKeeperOptions,
    peakOf: (firstSecond: number, seconds: number) => number,
  ) {
    this.#channels = channels;
    this.#frames = EXCERPT_SECONDS * Math.round(sampleRate);
    this.#most = Math.max(3, Math.min(MOST_EXCERPTS, Math.floor(MOST_FRAMES / this.#frames)));
    this.#peakOf = peakOf;
    this.#memory = memory;
    this.#keepWhole = keepWhole;
    this.#whole = keepWhole ? [] : null;
    this.#present = this.#empty();
  }

  /** Takes a block that the peaks have been taken of already. */
  push(block: SampleBlock): void {
    for (let at = 0; at < block.frames; ) {
      const frames = Math.min(this.#frames - this.#filled, block.frames - at);
      this.#present.forEach((samples, channel) => {
        samples.set(block.channel(channel).subarray(at, at + frames), this.#filled);
      });
      at += frames;
      this.#filled += frames;
      if (this.#filled === this.#frames) this.#endExcerpt();
    }
  }

  /** What was kept; the keeper is ready for another stream. */
  finish(): Excerpts {
    if (this.#filled > 0) {
      this.#present = this.#present.map((samples) => samples.subarray(0, this.#filled));
      this.#endExcerpt();
    }
    const [even, whole] = [this.#kept, this.#whole];
    const loudest = this.#loudest
      .map(({ excerpt }) => excerpt)
      .filter(({ start }) => !even.some((excerpt) => excerpt.start === start));
    this.reset();
    return { even, loudest, whole };
  }

  reset(): void {
    this.#present = this.#empty();
    this.#filled = 0;
    this.#index = 0;
    this.#share = 1;
    this.#kept = [];
    this.#whole = this.#keepWhole ? [] : null;
    this.#spare = [];
    this.#loudest = [];
  }

  #empty(): Float32Array[] {
    return this.#spare.pop() ?? Array.from({ length: this.#channels }, () => this.#memory.take(this.#frames));
  }

  #endExcerpt(): void {
    const excerpt = { start: this.#index * this.#frames, channels: this.#present };
    const peak = this.#peakOf(this.#index * EXCERPT_SECONDS, EXCERPT_SECONDS);
    this.#whole?.push(excerpt);
    if (this.#channels * (excerpt.start + this.#filled) > MOST_WHOLE_SAMPLES) this.#whole = null;
    const before = this.#members();
    this.#loudest = [...this.#loudest, { peak, excerpt }]
      .sort((a, b) => b.peak - a.peak || a.excerpt.start - b.excerpt.start)
      .slice(0, MOST_LOUDEST);
    if (this.#isKept(this.#index)) this.#keep(excerpt);
    const now = this.#members();
    for (const each of [...before, excerpt]) if (!now.has(each)) this.#spare.push([...each.channels]);
    this.#present = this.#empty();
    this.#filled = 0;
    this.#index += 1;
  }

  /** All that is kept. */
  #members(): ReadonlySet<Excerpt> {
    return new Set([...this.#kept, ...this.#loudest.map(({ excerpt }) => excerpt), ...(this.#whole ?? [])]);
  }

  #keep(excerpt: Excerpt): void {
    this.#kept.push(excerpt);
    if (this.#kept.length <= this.#most) return;
    this.#share /= 2;
    this.#kept = this.#kept.filter(({ start }) => this.#isKept(start / this.#frames));
  }

  #isKept(index: number): boolean {
    return (index * GOLDEN_SECTION) % 1 < this.#share;
  }
}
