import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, WorkflowError } from '../failure.ts';
import { makeFolder, writeWhole } from '../write-whole.ts';
import { type AboutUpload, aboutSchema, type Upload } from './upload.ts';
import { examineSound, soundName } from './uploaded-sound.ts';

/** Most bytes of an upload: 12 hours of 16-bit stereo at 44.1 kHz are 7.1 GiB. */
export const MOST_UPLOAD_BYTES = 8 * 2 ** 30;
/** How long one that nobody goes on with is kept. */
const KEPT_MILLISECONDS = 86_400_000;
/** Bytes that stay free on the disk. */
const SPARE_BYTES = 64 * 2 ** 20;

const ID = /^[0-9a-f]{12}-[0-9a-f]{16}$/;
/** Hidden, so that a walk through the folder passes them over. */
const ABOUT = '.upload.json';
const CONTENT = '.content';

/** What is known of an upload while its bytes come in. */
interface Arriving {
  readonly name: string;
  /** Null where that is known only at the end. */
  readonly bytes: number | null;
  readonly owner: string;
  /** Bytes that there must be room for. */
  readonly room: number;
}

/**
 * Songs that are sent to this machine: a folder of the library, with a folder for each upload, by its id. While its bytes come
 * in they lie in a hidden file there, whose size is how many there are: what a process that was killed left can be gone on with.
 * Ids are in the order of time.
 */
export class UploadStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Begins one. @throws WorkflowError 'limit'; Error ENOSPC when there is no room for it */
  async begin({ name, bytes, owner, room }: Arriving): Promise<string> {
    requireSize(room);
    await makeFolder(this.folder);
    await this.#requireRoom(room);
    const id = `${Date.now().toString(16).padStart(12, '0')}-${randomBytes(8).toString('hex')}`;
    await mkdir(this.#of(id));
    await (await open(this.#of(id, CONTENT), 'wx')).close();
    const about: AboutUpload = {
      name: soundName(name),
      bytes,
      owner,
      createdAt: new Date().toISOString(),
      format: null,
    };
    await this.#note(id, about);
    return id;
  }

  /** An upload as it stands. @throws WorkflowError 'missing' */
  async find(id: string): Promise<Upload> {
    const about = ID.test(id) ? await this.#about(id) : undefined;
    if (about === undefined) throw new WorkflowError('missing', `there is no upload ${id}`);
    const { name, bytes, createdAt, format } = about;
    if (format !== null) {
      const path = this.#of(id, name);
      return { id, name, bytes: bytes ?? 0, offset: bytes ?? 0, path, format, createdAt, expiresAt: null };
    }
    const { size, mtimeMs } = await stat(this.#of(id, CONTENT));
    const expiresAt = new Date(mtimeMs + KEPT_MILLISECONDS).toISOString();
    return { id, name, bytes, offset: size, path: null, format: null, createdAt, expiresAt };
  }

  /**
   * The uploads of everybody, the latest first.
   * @param before the id of the last one of the page before
   */
  async list(limit: number, before?: string): Promise<Upload[]> {
    const ids = (await this.#ids()).reverse().filter((id) => before === undefined || id < before);
    const found = await Promise.all(ids.slice(0, limit).map((id) => this.find(id).catch(() => undefined)));
    return found.filter((upload) => upload !== undefined);
  }

  /**
   * Adds bytes to an upload, and once all are there, takes it for a song.
   * @param offset how many there are already
   * @throws WorkflowError 'missing', 'denied' for another offset, 'limit' for more bytes than were told, 'empty'; what is wrong
   *   with the sound, and then it is gone; what `pieces` throws, and then what came stays; Error ENOSPC
   */
  async add(id: string, offset: number, pieces: AsyncIterable<Uint8Array>): Promise<Upload> {
    const upload = await this.find(id);
    if (upload.path !== null) throw new WorkflowError('denied', `upload ${id} is whole`);
    const { size } = await stat(this.#of(id, CONTENT));
    if (size !== offset)
      throw new WorkflowError('denied', `${size} bytes of upload ${id} are here, not ${offset}: go on from there`);
    const most = upload.bytes ?? MOST_UPLOAD_BYTES;
    let at = offset;
    const file = await open(this.#of(id, CONTENT), 'r+');
    try {
      for await (const piece of pieces) {
        if (at + piece.length > most) {
          await file.truncate(offset);
          throw new WorkflowError('limit', `more than the ${most} bytes came that upload ${id} may have`);
        }
        for (let done = 0; done < piece.length; ) {
          done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
        }
        at += piece.length;
      }
    } catch (error) {
      if (isDiskFull(error)) await this.discard(id);
      throw error;
    } finally {
      await file.datasync().catch(() => {});
      await file.close();
    }
    return upload.bytes === null || at === upload.bytes ? this.#finish(id) : this.find(id);
  }

  /** Gives up one that is not whole; one that is belongs to the library. @throws WorkflowError 'missing', 'denied' */
  async giveUp(id: string): Promise<void> {
    const { path } = await this.find(id);
    if (path !== null) throw new WorkflowError('denied', `upload ${id} is whole, and a file of the library: ${path}`);
    await this.discard(id);
  }

  /** Removes what there is of an upload. */
  async discard(id: string): Promise<void> {
    if (ID.test(id)) await rm(this.#of(id), { recursive: true, force: true });
  }

  /** Removes those that nobody has gone on with for a day. */
  async tidy(now: Date): Promise<void> {
    for (const id of await this.#ids()) {
      const content = await stat(this.#of(id, CONTENT)).catch(() => undefined);
      if (content && now.getTime() - content.mtimeMs > KEPT_MILLISECONDS) await this.discard(id);
    }
  }

  async #finish(id: string): Promise<Upload> {
    const about = (await this.#about(id))!;
    const content = this.#of(id, CONTENT);
    try {
      const { size } = await stat(content);
      if (size === 0) throw new WorkflowError('empty', 'nothing was sent: a song is what can be uploaded');
      const { format, ending } = await examineSound(content, about.name);
      const name = about.name.toLowerCase().endsWith(`.${ending}`) ? about.name : `${about.name}.${ending}`;
      await rename(content, this.#of(id, name));
      await this.#note(id, { ...about, name, bytes: size, format });
    } catch (error) {
      await this.discard(id);
      throw error;
    }
    return this.find(id);
  }

  async #requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize >= bytes + SPARE_BYTES) return;
    const left = Math.max(0, bavail * bsize - SPARE_BYTES);
    throw Object.assign(new Error(`there is room for ${left} bytes, not for ${bytes}`), { code: 'ENOSPC' });
  }

  async #about(id: string): Promise<AboutUpload | undefined> {
    try {
      return aboutSchema.parse(JSON.parse(await readFile(this.#of(id, ABOUT), 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new WorkflowError('corrupt', `upload ${id} cannot be read: ${failureOf(error).message}`, error);
    }
  }

  #note(id: string, about: AboutUpload): Promise<void> {
    return writeWhole(this.#of(id, ABOUT), JSON.stringify(about));
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => ID.test(name)).sort();
  }

  #of(id: string, ...names: string[]): string {
    return join(this.folder, id, ...names);
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code));
}

function requireSize(bytes: number): void {
  if (bytes <= MOST_UPLOAD_BYTES) return;
  throw new WorkflowError('limit', `an upload may have up to ${MOST_UPLOAD_BYTES} bytes, not ${bytes}`);
}
