import { type FileHandle, open, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { MediaError } from '../errors.ts';

/** Most frames of a record; pieces are gathered up to it and never cut. */
const RECORD_FRAMES = 32_768;
/** Frames, check sum, and the record's first frame. */
const HEAD_BYTES = 16;
const FRAME_BYTES = 8;

function journalPath(path: string): string {
  const whole = resolve(path);
  return join(dirname(whole), `.${basename(whole)}.tutti-journal`);
}

/** Stereo samples in the order in which they were given. */
export interface KeptSamples {
  readonly channels: readonly Float32Array[];
  readonly frames: number;
}

/**
 * Stereo samples kept in a hidden file beside one that is being made, so that a run which was killed can go on: the next one with
 * the same fingerprint gets what it had made. Each record says where it belongs and carries a check sum that depends on the
 * fingerprint, and the first one that is not whole ends what is read: whatever was left in the file, no wrong sample is given.
 * A file that cannot be written (a full disk) is given up: the run goes on without it.
 */
export class SampleJournal {
  readonly #path: string;
  readonly #fingerprint: string;
  readonly #seed: number;
  #file: FileHandle | undefined;
  /** Bytes of the file that are good, and the frames in them. */
  #bytes = 0;
  #frames = 0;
  readonly #record = Buffer.alloc(HEAD_BYTES + FRAME_BYTES * RECORD_FRAMES);
  readonly #samples: readonly [Float32Array, Float32Array];
  #waiting = 0;

  private constructor(path: string, fingerprint: string) {
    this.#path = path;
    this.#fingerprint = `${fingerprint}\n`;
    this.#seed = crc32(fingerprint);
    const { buffer, byteOffset } = this.#record;
    const channel = (index: number) =>
      new Float32Array(buffer, byteOffset + HEAD_BYTES + 4 * index * RECORD_FRAMES, RECORD_FRAMES);
    this.#samples = [channel(0), channel(1)];
  }

  /**
   * The journal of a file to be made.
   * @param path of that file
   * @param fingerprint of all that its samples follow from, text of one length
   */
  static async open(path: string, fingerprint: string): Promise<SampleJournal> {
    const journal = new SampleJournal(journalPath(path), fingerprint);
    await journal.#begin().catch(() => journal.discard());
    return journal;
  }

  /** Removes what a run left of a file that is made by now. */
  static async remove(path: string): Promise<void> {
    await unlink(journalPath(path)).catch(() => {});
  }

  /** Opens the file that is there, or a new one where it is of another fingerprint. */
  async #begin(): Promise<void> {
    const wanted = Buffer.from(this.#fingerprint, 'latin1');
    this.#file = await open(this.#path, 'r+').catch(() => open(this.#path, 'w+'));
    const found = Buffer.alloc(wanted.length);
    await this.#file.read(found, 0, found.length, 0);
    this.#bytes = wanted.length;
    if (found.equals(wanted)) return;
    await this.#file.truncate(0);
    await this.#file.write(wanted, 0, wanted.length, 0);
  }

  /**
   * What an earlier run kept, from its first frame on, once and before anything is kept.
   * @yields views that are good until the next are asked for
   */
  async *kept(): AsyncGenerator<KeptSamples, void, undefined> {
    while (this.#file) {
      const frames = await this.#readRecord().catch(() => 0);
      if (frames === 0) break;
      this.#bytes += HEAD_BYTES + FRAME_BYTES * frames;
      this.#frames += frames;
      yield { channels: this.#samples, frames };
    }
    // Behind the first record that is not whole there may be anything.
    await this.#file?.truncate(this.#bytes).catch(() => this.discard());
  }

  /** Reads the next record; 0 when there is none that is whole. */
  async #readRecord(): Promise<number> {
    const head = this.#record.subarray(0, HEAD_BYTES);
    const { bytesRead } = await this.#file!.read(head, 0, HEAD_BYTES, this.#bytes);
    const frames = head.readUInt32LE(0);
    if (bytesRead < HEAD_BYTES || frames === 0 || frames > RECORD_FRAMES) return 0;
    const sum = head.readUInt32LE(4);
    let read = 0;
    for (const samples of this.#samples) {
      const bytes = new Uint8Array(samples.buffer, samples.byteOffset, 4 * frames);
      const at = this.#bytes + HEAD_BYTES + read;
      read += (await this.#file!.read(bytes, 0, bytes.length, at)).bytesRead;
    }
    const isWhole = read === FRAME_BYTES * frames && head.readDoubleLE(8) === this.#frames;
    return isWhole && this.#sum(frames) === sum ? frames : 0;
  }

  /** Check sum of the record at hand from its first frame on. */
  #sum(frames: number): number {
    const start = crc32(this.#record.subarray(8, HEAD_BYTES), this.#seed);
    return this.#samples.reduce(
      (sum, { buffer, byteOffset }) => crc32(new Uint8Array(buffer, byteOffset, 4 * frames), sum),
      start,
    );
  }

  /** Takes over the next samples. A piece of at most 32,768 frames is kept whole or not at all. */
  async keep(channels: readonly Float32Array[], frames: number): Promise<void> {
    if (frames > RECORD_FRAMES)
      throw new MediaError('internal', `a journal takes up to ${RECORD_FRAMES} frames at once, not ${frames}`);
    if (this.#waiting + frames > RECORD_FRAMES) await this.#writeRecord();
    if (!this.#file) return;
    this.#samples.forEach((samples, channel) => {
      samples.set(channels[channel]!.subarray(0, frames), this.#waiting);
    });
    this.#waiting += frames;
  }

  async #writeRecord(): Promise<void> {
    const frames = this.#waiting;
    this.#waiting = 0;
    this.#record.writeUInt32LE(frames, 0);
    this.#record.writeDoubleLE(this.#frames, 8);
    this.#record.writeUInt32LE(this.#sum(frames), 4);
    const parts = this.#samples.map(({ buffer, byteOffset }) => new Uint8Array(buffer, byteOffset, 4 * frames));
    const length = HEAD_BYTES + FRAME_BYTES * frames;
    try {
      const { bytesWritten } = await this.#file!.writev([this.#record.subarray(0, HEAD_BYTES), ...parts], this.#bytes);
      if (bytesWritten !== length) throw new MediaError('limit', `${this.#path} could not be written whole`);
    } catch {
      await this.discard();
    }
    this.#bytes += length;
    this.#frames += frames;
  }

  /** Removes the file: what it was kept for is made, or nobody will go on. May be called more than once. */
  async discard(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close().catch(() => {});
    if (file) await unlink(this.#path).catch(() => {});
  }
}
