import type { SampleBlock } from '@tutti/dsp';

/** Seconds of an excerpt; a whole number, as the peaks of the true-peak meter are by seconds. */
const EXCERPT_SECONDS = 6;
/** Most excerpts that are kept, at rates up to 48 kHz. */
const MOST_EXCERPTS = 12;
const MOST_FRAMES = MOST_EXCERPTS * EXCERPT_SECONDS * 48_000;

/** A stretch of a song, kept as it was. */
export interface Excerpt {
  /** First frame of it in the song; a whole number of seconds. */
  readonly start: number;
  readonly channels: readonly Float32Array[];
}

/** What of a song is kept for trying a plan on. */
export interface Excerpts {
  /** Evenly spaced over the song, in order; together the whole song when that is short enough. */
  readonly even: readonly Excerpt[];
  /** The one with the largest peak of all, when it is not among them. */
  readonly loudest: Excerpt | null;
}

/**
 * Keeps evenly spaced stretches of 6 s of a stream of unknown length in bounded memory: all of the first 72 s; when there
 * are more, every second, fourth, eighth and so on. Which they are depends on the length alone, not on the blocks.
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
  #every = 1;
  #kept: Excerpt[] = [];
  #loudest: Excerpt | null = null;
  #loudestPeak = 0;

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
    const loudest = even.some(({ start }) => start === this.#loudest?.start) ? null : this.#loudest;
    this.reset();
    return { even, loudest };
  }

  reset(): void {
    this.#present = this.#empty();
    this.#filled = 0;
    this.#index = 0;
    this.#every = 1;
    this.#kept = [];
    this.#loudest = null;
    this.#loudestPeak = 0;
  }

  #empty(): Float32Array[] {
    return Array.from({ length: this.#channels }, () => new Float32Array(this.#frames));
  }

  #endExcerpt(): void {
    const excerpt = { start: this.#index * this.#frames, channels: this.#present };
    const peak = this.#peakOf(this.#index * EXCERPT_SECONDS, EXCERPT_SECONDS);
    const loudest = peak > this.#loudestPeak;
    const kept = this.#index % this.#every === 0;
    if (loudest) {
      this.#loudest = excerpt;
      this.#loudestPeak = peak;
    }
    if (kept) this.#keep(excerpt);
    if (kept || loudest) this.#present = this.#empty();
    this.#filled = 0;
    this.#index += 1;
  }

  #keep(excerpt: Excerpt): void {
    this.#kept.push(excerpt);
    if (this.#kept.length <= this.#most) return;
    this.#every *= 2;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
  }
}
