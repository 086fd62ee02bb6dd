import type { SampleBlock } from '@tutti/dsp';

/** Seconds of an excerpt; a whole number, as the peaks of the true-peak meter are by seconds. */
const EXCERPT_SECONDS = 3;
/** Most excerpts that are kept, at rates up to 48 kHz. */
const MOST_EXCERPTS = 24;
/** Of a song up to this long all is known when its master is planned, at rates up to 48 kHz. */
export const MOST_TRIED_SECONDS = MOST_EXCERPTS * EXCERPT_SECONDS;
/** Excerpts that are kept for their peaks. */
const MOST_LOUDEST = 4;
const MOST_FRAMES = MOST_TRIED_SECONDS * 48_000;

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
}

/** Multiples of the golden section modulo 1 are spread more evenly than those of any other number, and have no period. */
const GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

/**
 * Keeps stretches of 3 s of a stream of unknown length in bounded memory: all of the first 72 s; when there are more, about
 * every second, fourth, eighth and so on, evenly spread but not in step with any bar or phrase of the music. Which they are
 * depends on the length alone, not on the blocks.
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
  /** The largest first. */
  #loudest: { readonly peak: number; readonly excerpt: Excerpt }[] = [];

  /** @param peakOf the largest peak of whole seconds that have passed */
  constructor(
    { sampleRate, channels }: { readonly sampleRate: number; readonly channels: number },
    peakOf: (firstSecond: number, seconds: number) => number,
  ) {
    this.#channels = channels;
    this.#frames = EXCERPT_SECONDS * Math.round(sampleRate);
    this.#most = Math.max(3, Math.min(MOST_EXCERPTS, Math.floor(MOST_FRAMES / this.#frames)));
    this.#peakOf = peakOf;
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
      this.#present = this.#present.map((samples) => samples.slice(0, this.#filled));
      this.#endExcerpt();
    }
    const even = this.#kept;
    const loudest = this.#loudest
      .map(({ excerpt }) => excerpt)
      .filter(({ start }) => !even.some((excerpt) => excerpt.start === start));
    this.reset();
    return { even, loudest };
  }

  reset(): void {
    this.#present = this.#empty();
    this.#filled = 0;
    this.#index = 0;
    this.#share = 1;
    this.#kept = [];
    this.#loudest = [];
  }

  #empty(): Float32Array[] {
    return Array.from({ length: this.#channels }, () => new Float32Array(this.#frames));
  }

  #endExcerpt(): void {
    const excerpt = { start: this.#index * this.#frames, channels: this.#present };
    const peak = this.#peakOf(this.#index * EXCERPT_SECONDS, EXCERPT_SECONDS);
    const kept = this.#isKept(this.#index);
    const loudest = this.#loudest.length < MOST_LOUDEST || peak > this.#loudest.at(-1)!.peak;
    if (loudest) {
      this.#loudest = [...this.#loudest, { peak, excerpt }]
        .sort((a, b) => b.peak - a.peak || a.excerpt.start - b.excerpt.start)
        .slice(0, MOST_LOUDEST);
    }
    if (kept) this.#keep(excerpt);
    if (kept || loudest) this.#present = this.#empty();
    this.#filled = 0;
    this.#index += 1;
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
