import { type Features, featuresBetween, type Kernels, type RealFft } from '@tutti/dsp';
import type { ListeningStream } from '../listening-stream.ts';
import { hearReel, type Reel } from './reel.ts';
import { type ReelLengths, type ReelOptions, reelLengths } from './reel-lengths.ts';

/** What was heard of a sound: its features, where it is not too long to be heard as a whole, else its reels. */
export interface Recorded {
  /** All that was measured; of a long sound the last of it. */
  readonly features: Features;
  /** At least two, or none where the sound is heard as a whole. */
  readonly reels: readonly Reel[];
}

/**
 * Listens to a sound of any length in memory that does not grow: as soon as it is too long to be heard as a whole, what
 * was measured is heard in reels, and let go. The reels depend on the length of the sound alone, not on how it comes.
 */
export class ReelListener {
  readonly #lengths: ReelLengths;
  readonly #kernels: Kernels;
  readonly #stream: ListeningStream;
  readonly #fft: RealFft;
  #reels: Reel[] = [];
  /** Frame of the sound at which the next reel begins. */
  #origin = 0;

  /** @param fft of TEMPOGRAM_FFT_SIZE */
  constructor(kernels: Kernels, stream: ListeningStream, fft: RealFft, options: ReelOptions) {
    this.#kernels = kernels;
    this.#stream = stream;
    this.#fft = fft;
    this.#lengths = reelLengths(options, stream.frameRate);
  }

  /** Length of the longest sound that is heard as a whole. */
  get longestWholeSeconds(): number {
    return this.#lengths.whole / this.#stream.frameRate;
  }

  /** Hears the reels that are whole; to be called whenever the stream has measured more. */
  listen(): void {
    const { whole, length } = this.#lengths;
    const step = this.#step;
    if (this.#reels.length === 0 && this.#stream.holdsMoreThan(whole)) {
      // Now that it is long, some reels are behind already.
      const next = step * (Math.floor((whole - length) / step) + 1);
      this.#hearBefore(next, this.#stream.cut(whole, next));
    }
    while (this.#reels.length > 0 && this.#stream.holdsMoreThan(length)) {
      this.#hearBefore(step, this.#stream.cut(length, step));
    }
  }

  /** What was heard since the start or the last `finish` or `reset`. */
  finish(): Recorded {
    const { whole, length } = this.#lengths;
    const features = this.#stream.finish();
    if (this.#reels.length > 0 || features.frames > whole) {
      const origin = this.#origin;
      const last = this.#step * Math.max(0, Math.ceil((features.frames - length) / this.#step));
      this.#hearBefore(last, features);
      this.#hear(featuresBetween(features, { from: last, to: features.frames }, origin), true);
    }
    const reels = this.#reels;
    this.reset();
    return { features, reels };
  }

  /** Forgets all that was heard. */
  reset(): void {
    this.#stream.reset();
    this.#reels = [];
    this.#origin = 0;
  }

  /** Frames from the start of a reel to that of the next. */
  get #step(): number {
    return this.#lengths.length - this.#lengths.overlap;
  }

  /** Hears the reels that begin before a frame of some features, which hold all of them. */
  #hearBefore(end: number, features: Features): void {
    const origin = this.#origin;
    for (let from = 0; from < end; from += this.#step) {
      this.#hear(featuresBetween(features, { from, to: from + this.#lengths.length }, origin), false);
    }
  }

  #hear(features: Features, isLast: boolean): void {
    const { length, overlap } = this.#lengths;
    const own = {
      from: this.#reels.length > 0 ? overlap / 2 : 0,
      to: isLast ? features.frames : length - overlap / 2,
    };
    this.#reels.push(hearReel(this.#kernels, features, this.#fft, { origin: this.#origin, own }));
    this.#origin += this.#step;
  }
}
