import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { MediaError, toMediaError } from '../errors.ts';
import { newPartPath, removeStaleParts } from './part-files.ts';

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

  async append(bytes: Uint8Array): Promise<void> {
    await this.writeAt(this.#length, bytes);
    this.#length += bytes.length;
  }

  async writeAt(position: number, bytes: Uint8Array): Promise<void> {
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

  /** Closes the file so that another program can write under the temporary name. */
  async release(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /** Makes the file appear under its name. */
  async commit(): Promise<void> {
    try {
      // A full disk may show only here.
      await this.#handle?.sync();
      await this.release();
      await this.#checkName();
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
