import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import type { AudioPath } from '../decode/file-bytes.ts';
import { displayPath } from '../display-path.ts';
import { MediaError, throwIfCancelled, toMediaError } from '../errors.ts';
import { AUDIO_ENDINGS } from './audio-endings.data.ts';

/** A file to be read, or a place that could not be looked into. */
export interface WalkItem {
  /** As it was named, or below a folder as that was named. */
  readonly path: AudioPath;
  /** The path, readable. */
  readonly name: string;
  readonly error?: MediaError;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Folders within folders, at most. */
const MAXIMUM_DEPTH = 64;

const DOT = 0x2e;
const SLASH = Buffer.from('/');

/** A string when the bytes are valid UTF-8, else the bytes. */
function toPath(bytes: Buffer): AudioPath {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}

function toBytes(path: AudioPath): Buffer {
  return typeof path === 'string' ? Buffer.from(path, 'utf8') : path;
}

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
  { signal }: WalkOptions = {},
): AsyncGenerator<WalkItem, void, undefined> {
  const seen = new Set<string>();
  for (const path of paths) yield* visit(toBytes(path), 0);

  async function* visit(path: Buffer, depth: number): AsyncGenerator<WalkItem, void, undefined> {
    const name = displayPath(path);
    throwIfCancelled(signal, name);
    const shown = { path: toPath(path), name };
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) {
        if (!(await isNew(path))) return;
        yield* visitFolder(path, name, depth);
      } else if (stats.isFile()) {
        if (await isNew(path)) yield shown;
      } else if (depth === 0) {
        throw new MediaError('unsupported', `${name} is no regular file; an audio file was expected`, { path: name });
      }
    } catch (error) {
      const wrapped = toMediaError(error, name, 'read');
      if (wrapped.kind === 'cancelled') throw wrapped;
      yield { ...shown, error: wrapped };
    }
  }

  async function* visitFolder(folder: Buffer, name: string, depth: number): AsyncGenerator<WalkItem, void, undefined> {
    if (depth === MAXIMUM_DEPTH) {
      throw new MediaError('limit', `${name}: more than ${MAXIMUM_DEPTH} folders within each other`, { path: name });
    }
    const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    entries.sort((a, b) => Buffer.compare(a.name, b.name));
    const prefix = folder.at(-1) === SLASH[0] ? folder : Buffer.concat([folder, SLASH]);
    for (const entry of entries) {
      if (entry.name[0] === DOT || !mayMatter(entry)) continue;
      yield* visit(Buffer.concat([prefix, entry.name]), depth + 1);
    }
  }

  /** True the first time that this file or folder is reached. */
  async function isNew(path: Buffer): Promise<boolean> {
    const real = (await realpath(path, { encoding: 'buffer' })).toString('latin1');
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  }
}

/** A link is followed when its own name could be a folder's or a sound's. */
function mayMatter(entry: Dirent<Buffer>): boolean {
  if (entry.isDirectory()) return true;
  if (entry.isSymbolicLink()) return looksLikeAudio(entry.name) || !entry.name.includes(DOT);
  return looksLikeAudio(entry.name);
}
