import { CHUNK_BYTES } from '../limits.ts';
import type { FileBytes } from './file-bytes.ts';

/** A window that moves forward over a range of a file, for formats that are parsed as they come. */
export class ByteWindow {
  readonly #file: FileBytes;
  readonly #end: number;
  #buffer: Uint8Array;
  #start = 0;
  #length = 0;
  /** File position of the first byte in the window. */
  position: number;

  /** @param end one past the last byte to hand out */
  constructor(file: FileBytes, start: number, end = file.size, capacity = CHUNK_BYTES) {
    this.#file = file;
    this.position = start;
    this.#end = end;
    this.#buffer = new Uint8Array(capacity);
  }

  /** What is in the window. Good until the next `fill`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#start + this.#length);
  }

  /** True when the window reaches the end of the range. */
  get atEnd(): boolean {
    return this.position + this.#length >= this.#end;
  }

  /** Makes the window as long as it gets (its capacity, or up to the end); true when bytes were added. */
  async fill(): Promise<boolean> {
    if (this.atEnd || this.#length === this.#buffer.length) return false;
    this.#buffer.copyWithin(0, this.#start, this.#start + this.#length);
    this.#start = 0;
    const from = this.position + this.#length;
    const wanted = Math.min(this.#buffer.length - this.#length, this.#end - from);
    const read = await this.#file.readInto(this.#buffer.subarray(this.#length, this.#length + wanted), from);
    this.#length += read;
    return read > 0;
  }

  /** Drops `count` bytes from the front; may go beyond what is in the window. */
  advance(count: number): void {
    const inside = Math.min(count, this.#length);
    this.position += count;
    this.#start += inside;
    this.#length -= inside;
    if (this.#length === 0) this.#start = 0;
  }
}
