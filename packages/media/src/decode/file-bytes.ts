import { type FileHandle, open, stat } from 'node:fs/promises';
import { displayPath } from '../display-path.ts';
import { MediaError, toMediaError } from '../errors.ts';

/** A path as the system knows it: a string, or bytes when the name is no valid UTF-8. */
export type AudioPath = string | Buffer;

/** Random access to the bytes of a regular file. */
export class FileBytes {
  readonly path: AudioPath;
  /** The path, readable. */
  readonly name: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: AudioPath, size: number, handle: FileHandle) {
    this.path = path;
    this.name = displayPath(path);
    this.size = size;
    this.#handle = handle;
  }

  /** @throws MediaError 'missing', 'denied', 'empty' (0 bytes) or 'unsupported' (no regular file) */
  static async open(path: AudioPath): Promise<FileBytes> {
    const name = displayPath(path);
    try {
      // Looked at before it is opened: opening a named pipe would wait for its writer.
      const { size } = checkRegular(await stat(path), name);
      if (size === 0) throw new MediaError('empty', `${name} is empty (0 bytes)`, { path: name });
      return new FileBytes(path, size, await open(path, 'r'));
    } catch (error) {
      throw toMediaError(error, name, 'read');
    }
  }

  /** The open file's number, for a child process. */
  get descriptor(): number {
    return this.#handle.fd;
  }

  /** Fills `target` from `position` on; returns the bytes read, fewer only at the end of the file. */
  async readInto(target: Uint8Array, position: number): Promise<number> {
    let done = 0;
    try {
      while (done < target.length) {
        const { bytesRead } = await this.#handle.read(target, done, target.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
    } catch (error) {
      throw toMediaError(error, this.name, 'read');
    }
    return done;
  }

  /** Up to `length` bytes at `position`; shorter only at the end of the file. */
  async read(position: number, length: number): Promise<Buffer> {
    const target = Buffer.alloc(Math.max(0, Math.min(length, this.size - position)));
    return target.subarray(0, await this.readInto(target, position));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function checkRegular<S extends { isFile(): boolean; isDirectory(): boolean }>(stats: S, name: string): S {
  if (stats.isFile()) return stats;
  const what = stats.isDirectory() ? 'a folder' : 'no regular file';
  throw new MediaError('unsupported', `${name} is ${what}; an audio file was expected`, { path: name });
}
