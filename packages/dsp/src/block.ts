import { requireInteger } from './errors.ts';
import type { Kernels } from './kernels.ts';

/**
 * A planar block of samples inside the kernels' memory. Every stream processor takes blocks, so that a chain of
 * stages works in place and samples cross the border between JavaScript and WASM once on the way in and once on the
 * way out.
 */
export class SampleBlock {
  readonly kernels: Kernels;
  readonly channelCount: number;
  /** Most frames the block can hold. */
  readonly capacity: number;
  /** Frames in the block now, 0 to `capacity`. */
  frames = 0;
  readonly #pointer: number;
  readonly #strideBytes: number;
  #views: Float32Array<ArrayBuffer>[] = [];

  /**
   * @param channelCount 1 to 64
   * @param capacity frames, 1 to 2^24
   */
  constructor(kernels: Kernels, channelCount: number, capacity: number) {
    requireInteger('channelCount', channelCount, 1, 64);
    requireInteger('capacity', capacity, 1, 2 ** 24);
    this.kernels = kernels;
    this.channelCount = channelCount;
    this.capacity = capacity;
    // Each channel starts on 16 bytes, as the SIMD loads like it.
    this.#strideBytes = Math.ceil(capacity / 4) * 16;
    this.#pointer = kernels.allocate(this.#strideBytes * channelCount);
  }

  /** Address of a channel, for kernels. */
  pointer(channel: number): number {
    return this.#pointer + channel * this.#strideBytes;
  }

  /** Bytes from a channel to the next, for kernels; 0 for a single channel. */
  get stride(): number {
    return this.channelCount > 1 ? this.#strideBytes : 0;
  }

  /** The whole capacity of each channel as a view; taken anew when memory has grown since the last call. */
  channels(): readonly Float32Array<ArrayBuffer>[] {
    if (this.#views[0]?.buffer !== this.kernels.wasm.memory.buffer) {
      this.#views = Array.from({ length: this.channelCount }, (_, channel) =>
        this.kernels.floats(this.pointer(channel), this.capacity),
      );
    }
    return this.#views;
  }

  /** One of `channels()`. */
  channel(index: number): Float32Array<ArrayBuffer> {
    return this.channels()[index]!;
  }

  /**
   * Fills the block with `frames` frames from planar `channels`, starting at frame `offset`, and sets `frames`.
   * A block with more channels than the source gets silence in the rest.
   */
  write(channels: readonly Float32Array[], offset: number, frames: number): void {
    requireInteger('frames', frames, 0, this.capacity);
    for (let channel = 0; channel < this.channelCount; channel++) {
      const source = channels[channel];
      const view = this.channel(channel);
      if (source) view.set(source.subarray(offset, offset + frames));
      else view.fill(0, 0, frames);
    }
    this.frames = frames;
  }

  /** Copies the block's frames into planar `channels` at frame `offset`. */
  read(channels: readonly Float32Array[], offset: number): void {
    for (let channel = 0; channel < channels.length; channel++) {
      channels[channel]!.set(this.channel(channel).subarray(0, this.frames), offset);
    }
  }

  /** Sets `frames` and fills them with silence. */
  silence(frames: number): void {
    requireInteger('frames', frames, 0, this.capacity);
    for (let channel = 0; channel < this.channelCount; channel++) this.channel(channel).fill(0, 0, frames);
    this.frames = frames;
  }
}
