import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isDiscFolder, picturesAmong } from '../artwork/folder-pictures.ts';
import type { AudioPath } from '../decode/file-bytes.ts';
import { displayPath } from '../display-path.ts';
import { MediaError, throwIfCancelled, toMediaError } from '../errors.ts';
import { pathBytes, pathOf } from '../path-bytes.ts';
import { AUDIO_ENDINGS } from './audio-endings.data.ts';
import { type FileStamp, stampOf } from './file-stamp.ts';

/** A picture in the folder of a file. */
export interface SeenPicture {
  /** As the system spells it. */
  readonly path: Buffer;
  readonly stamp: FileStamp;
}

/** A file to be read, or a place that could not be looked into. */
export interface WalkItem {
  /** As it was named, or below a folder as that was named. */
  readonly path: AudioPath;
  /** The path, readable. */
  readonly name: string;
  /** What the file was when the walk came by; absent with an `error`. */
  readonly stamp?: FileStamp;
  /** The pictures beside it, the best first, one list for all files of a folder; where they were asked for. */
  readonly pictures?: readonly SeenPicture[];
  readonly error?: MediaError;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether to look for pictures of the music as well. */
  readonly pictures?: boolean | undefined;
}

/** Folders within folders, at most. */
const MAXIMUM_DEPTH = 64;

const DOT = 0x2e;
const SLASH = Buffer.from('/');

function looksLikeAudio(name: Buffer): boolean {
  const dot = name.lastIndexOf(DOT);
  return dot > 0 && AUDIO_ENDINGS.has(name.toString('latin1', dot + 1).toLowerCase());
}

/**
 * The sound files among `paths`, in order; folders are walked, sorted by name. What is named is always given, whatever
 * it is called; in folders only files with an ending of sound, and nothing hidden. A file that is reached twice, by
 * links or by being named twice, is given once. A place that cannot be read is an item with an `error`; the walk goes on.
 * @throws MediaError 'cancelled'
 */
export async function* walkAudio(
  paths: readonly AudioPath[],
  { signal, pictures = false }: WalkOptions = {},
): AsyncGenerator<WalkItem, void, undefined> {
  const seen = new Set<string>();
  for (const path of paths) yield* visit(pathBytes(path), 0);

  /**
   * @param known where it really is, when that is known: no link is on the way
   * @param beside pictures in the folder that it is in
   */
  async function* visit(
    path: Buffer,
    depth: number,
    known?: Buffer,
    beside: readonly SeenPicture[] = [],
  ): AsyncGenerator<WalkItem, void, undefined> {
    const name = displayPath(path);
    throwIfCancelled(signal, name);
    const shown = { path: pathOf(path), name };
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) {
        const real = known ?? (await realpath(path, { encoding: 'buffer' }));
        if (isNew(real)) yield* visitFolder(path, real, name, depth, beside);
      } else if (stats.isFile()) {
        if (isNew(known ?? (await realpath(path, { encoding: 'buffer' })))) {
          yield { ...shown, stamp: stampOf(stats), ...(pictures && { pictures: beside }) };
        }
      } else if (depth === 0) {
        throw new MediaError('unsupported', `${name} is no regular file; an audio file was expected`, { path: name });
      }
    } catch (error) {
      const wrapped = toMediaError(error, name, 'read');
      if (wrapped.kind === 'cancelled') throw wrapped;
      yield { ...shown, error: wrapped };
    }
  }

  async function* visitFolder(
    folder: Buffer,
    real: Buffer,
    name: string,
    depth: number,
    around: readonly SeenPicture[],
  ): AsyncGenerator<WalkItem, void, undefined> {
    if (depth === MAXIMUM_DEPTH) {
      throw new MediaError('limit', `${name}: more than ${MAXIMUM_DEPTH} folders within each other`, { path: name });
    }
    const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    entries.sort((a, b) => Buffer.compare(a.name, b.name));
    const own = pictures ? await seenPictures(folder, entries) : [];
    const shown = own.length === 0 && isDiscFolder(lastName(folder)) ? around : own;
    for (const entry of entries) {
      if (entry.name[0] === DOT || !mayMatter(entry)) continue;
      const known = entry.isSymbolicLink() ? undefined : below(real, entry.name);
      yield* visit(below(folder, entry.name), depth + 1, known, shown);
    }
  }

  /** True the first time that this file or folder is reached. */
  function isNew(real: Buffer): boolean {
    const key = real.toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  }
}

/** Those that can be looked at; what is wrong with another is no business of the music. */
async function seenPictures(folder: Buffer, entries: readonly Dirent<Buffer>[]): Promise<SeenPicture[]> {
  const seen: SeenPicture[] = [];
  for (const name of picturesAmong(entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name))) {
    const path = below(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile()) seen.push({ path, stamp: stampOf(stats) });
  }
  return seen;
}

function lastName(path: Buffer): Buffer {
  return path.subarray(path.lastIndexOf(SLASH[0]!) + 1);
}

function below(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat(folder.at(-1) === SLASH[0] ? [folder, name] : [folder, SLASH, name]);
}

/** A link is followed when its own name could be a folder's or a sound's. */
function mayMatter(entry: Dirent<Buffer>): boolean {
  if (entry.isDirectory()) return true;
  if (entry.isSymbolicLink()) return looksLikeAudio(entry.name) || !entry.name.includes(DOT);
  return looksLikeAudio(entry.name);
}
