import type { Clip } from '@tutti/dsp';

/** Keeps the part of a stream from one frame up to another, however the stream is cut. */
export class SpanRecorder {
  readonly #start: number;
  readonly #channels: readonly Float32Array[];
  #at = 0;

  /** @param span frames, whole numbers; the stream may end before the end */
  constructor(channels: number, { start, end }: { readonly start: number; readonly end: number }) {
    this.#start = start;
    this.#channels = Array.from({ length: channels }, () => new Float32Array(end - start));
  }

  /** Whether the end has passed. */
  get isFull(): boolean {
    return this.#at >= this.#start + this.#channels[0]!.length;
  }

  /** Takes the next frames of a stream. */
  push(channels: readonly Float32Array[], frames: number): void {
    const from = Math.max(0, this.#start - this.#at);
    const to = Math.min(frames, this.#start + this.#channels[0]!.length - this.#at);
    if (from < to) {
      this.#channels.forEach((samples, channel) => {
        samples.set(channels[channel]!.subarray(from, to), this.#at + from - this.#start);
      });
    }
    this.#at += frames;
  }

  clip(sampleRate: number): Clip {
    return { sampleRate, channels: this.#channels };
  }
}
