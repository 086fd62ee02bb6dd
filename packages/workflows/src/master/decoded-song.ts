import type { SampleBlock } from '@tutti/dsp';
import type { TrackSource } from '@tutti/music/mastering';

/** Samples of a song that are kept at most, all channels: six minutes of stereo at 44.1 kHz. A longer one is decoded again. */
const MOST_SAMPLES = 2 ** 25;
const CHUNK_FRAMES = 2 ** 18;

/** Keeps a song's samples while it is measured, so that it is decoded once only when it is rendered afterwards. */
export class DecodedSong {
  readonly #format: TrackSource['format'];
  #chunks: Float32Array[][] = [];
  /** Frames in the last chunk. */
  #filled = CHUNK_FRAMES;
  #frames = 0;
  #isKept = true;

  constructor({ sampleRate, channels }: TrackSource['format']) {
    this.#format = { sampleRate, channels };
  }

  push(block: SampleBlock): void {
    this.#frames += block.frames;
    if (this.#frames * this.#format.channels > MOST_SAMPLES) this.#drop();
    if (!this.#isKept) return;
    for (let at = 0; at < block.frames; ) {
      if (this.#filled === CHUNK_FRAMES) this.#begin();
      const frames = Math.min(CHUNK_FRAMES - this.#filled, block.frames - at);
      this.#chunks.at(-1)!.forEach((samples, channel) => {
        samples.set(block.channel(channel).subarray(at, at + frames), this.#filled);
      });
      this.#filled += frames;
      at += frames;
    }
  }

  /** The song as a source that may be read again and again; null when it was too long to be kept. */
  source(): TrackSource | null {
    if (!this.#isKept) return null;
    const [chunks, last] = [this.#chunks, this.#filled];
    return {
      format: this.#format,
      async *blocks() {
        for (const [index, channels] of chunks.entries()) {
          yield { channels, frames: index === chunks.length - 1 ? last : CHUNK_FRAMES };
        }
      },
      close: async () => {},
    };
  }

  #begin(): void {
    this.#chunks.push(Array.from({ length: this.#format.channels }, () => new Float32Array(CHUNK_FRAMES)));
    this.#filled = 0;
  }

  #drop(): void {
    this.#isKept = false;
    this.#chunks = [];
  }
}
