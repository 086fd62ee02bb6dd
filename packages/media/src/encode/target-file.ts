import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { MediaError, toMediaError } from '../errors.ts';
import { newPartPath, removeStaleParts } from './part-files.ts';

const PENDING_BYTES = 2 ** 18;

/**
 * A file that appears under its name only when it is whole: written under another name in the same folder, renamed at
 * the end, removed when something fails, or by the next one in the folder when the process was killed.
 */
export class TargetFile {
  readonly path: string;
  readonly temporaryPath: string;
  readonly #force: boolean;
  #handle: FileHandle | undefined;
  #length = 0;
  /** What was appended and is not in the file yet. */
  readonly #pending = Buffer.allocUnsafe(PENDING_BYTES);
  #waiting = 0;
  #settled = false;

  private constructor(path: string, force: boolean) {
    this.path = path;
    this.#force = force;
    this.temporaryPath = newPartPath(dirname(resolve(path)));
  }

  /**
   * @param force replace a file that is there
   * @throws MediaError 'missing' (no such folder) or 'denied' (no right to write, a folder of that name, a file of that
   * name without `force`)
   */
  static async create(path: string, force: boolean): Promise<TargetFile> {
    const target = new TargetFile(path, force);
    await target.#checkFolder();
    await target.#checkName();
    await removeStaleParts(dirname(target.temporaryPath));
    try {
      target.#handle = await open(target.temporaryPath, 'wx');
    } catch (error) {
      throw toMediaError(error, path, 'write');
    }
    return target;
  }

  /** Bytes appended so far. */
  get length(): number {
    return this.#length;
  }

  /** Small pieces are gathered: a write costs as much as encoding a few thousand frames. */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.#waiting + bytes.length > PENDING_BYTES) await this.flush();
    if (bytes.length > PENDING_BYTES) await this.#write(this.#length, bytes);
    else {
      this.#pending.set(bytes, this.#waiting);
      this.#waiting += bytes.length;
    }
    this.#length += bytes.length;
  }

  /** Replaces bytes that were appended. */
  async writeAt(position: number, bytes: Uint8Array): Promise<void> {
    await this.flush();
    await this.#write(position, bytes);
  }

  /** Writes what was appended and is pending, so that it can be read under the temporary name. */
  async flush(): Promise<void> {
    const bytes = this.#pending.subarray(0, this.#waiting);
    this.#waiting = 0;
    await this.#write(this.#length - bytes.length, bytes);
  }

  async #write(position: number, bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#open().write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    } catch (error) {
      await this.discard();
      throw toMediaError(error, this.path, 'write');
    }
  }

  /** Closes the file, to which nothing was appended, so that another program can write under the temporary name. */
  async release(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /**
   * Makes the file appear under its name.
   * @param before done when all of it is written and nothing but the name is missing; when it fails, so does this
   */
  async commit(before?: () => Promise<void>): Promise<void> {
    try {
      if (this.#handle) await this.flush();
      // A full disk may show only here.
      await this.#handle?.sync();
      await this.release();
      await this.#checkName();
      await before?.();
      await rename(this.temporaryPath, this.path);
      this.#settled = true;
    } catch (error) {
      await this.discard();
      throw toMediaError(error, this.path, 'write');
    }
  }

  /** Removes what was written. May be called at any time and more than once. */
  async discard(): Promise<void> {
    if (this.#settled) return;
    this.#settled = true;
    await this.release().catch(() => {});
    await unlink(this.temporaryPath).catch(() => {});
  }

  #open(): FileHandle {
    if (!this.#handle) throw new MediaError('internal', `${this.path} is closed already`, { path: this.path });
    return this.#handle;
  }

  async #checkFolder(): Promise<void> {
    const folder = dirname(resolve(this.path));
    const found = await stat(folder).catch((error: unknown) => {
      throw new MediaError('missing', `cannot write ${this.path}: there is no folder ${folder}`, {
        path: this.path,
        cause: error,
      });
    });
    if (!found.isDirectory()) {
      throw new MediaError('missing', `cannot write ${this.path}: ${folder} is no folder`, { path: this.path });
    }
  }

  async #checkName(): Promise<void> {
    const found = await stat(this.path).catch(() => undefined);
    if (found?.isDirectory()) {
      throw new MediaError('denied', `cannot write ${this.path}: ${basename(this.path)} is a folder`, {
        path: this.path,
      });
    }
    if (found && !this.#force) {
      throw new MediaError('denied', `${this.path} exists already; it is replaced only on request (--force)`, {
        path: this.path,
      });
    }
  }
}
