import { ExchangeError } from '../errors.ts';

/**
 * Where a file is, on this system or another: what a path means, apart from how it is written. Names are as the system
 * has them; none is empty, "." or "..", and none of a drive or share has a backslash.
 */
export type FilePlace = {
  /** From the root to the file. */
  readonly names: readonly string[];
} & (
  | { readonly root: 'posix' }
  /** An upper-case letter. */
  | { readonly root: 'drive'; readonly letter: string }
  /** A share of a Windows network; its name is the first of `names`. */
  | { readonly root: 'share'; readonly host: string }
);

const DRIVE = /^([A-Za-z]):[\\/]/;
const SHARE = /^\\\\([^\\/?.][^\\/]*)[\\/]/;

/**
 * Reads an absolute path of Windows (`C:\Music\a.mp3`, `\\nas\music\a.mp3`, slashes either way) or of another system.
 * @throws ExchangeError 'unsupported' for a relative path, and for one with half a surrogate pair, which no file has
 */
export function placeOf(path: string): FilePlace {
  if (!path.isWellFormed()) throw unsupported(path, 'it has half of a surrogate pair in it');
  const drive = DRIVE.exec(path);
  if (drive) {
    const names = namesOf(path.slice(3), /[\\/]/);
    return { root: 'drive', letter: drive[1]!.toUpperCase(), names };
  }
  const share = SHARE.exec(path);
  if (share) return { root: 'share', host: share[1]!, names: namesOf(path.slice(share[0].length), /[\\/]/) };
  if (path.startsWith('/')) return { root: 'posix', names: namesOf(path, /\//) };
  throw unsupported(path, 'it must be absolute, as /music/a.mp3 and C:\\Music\\a.mp3 are');
}

function unsupported(path: string, why: string): ExchangeError {
  return new ExchangeError('unsupported', `${JSON.stringify(path)} is no usable path: ${why}`);
}

function namesOf(path: string, separator: RegExp): string[] {
  const names: string[] = [];
  for (const name of path.split(separator)) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

/** The path as its own system writes it. */
export function pathOf(place: FilePlace): string {
  if (place.root === 'posix') return `/${place.names.join('/')}`;
  if (place.root === 'drive') return `${place.letter}:\\${place.names.join('\\')}`;
  return `\\\\${place.host}\\${place.names.join('\\')}`;
}

/** Whether both lie under one root, so that a relative path can lead from one to the other. */
function sameRoot(a: FilePlace, b: FilePlace): boolean {
  if (a.root === 'drive' && b.root === 'drive') return a.letter === b.letter;
  if (a.root === 'share' && b.root === 'share') {
    return fold(a.host) === fold(b.host) && fold(a.names[0] ?? '') === fold(b.names[0] ?? '');
  }
  return a.root === 'posix' && b.root === 'posix';
}

function fold(name: string): string {
  return name.toLowerCase();
}

/** Windows takes "Music" and "music" for one name; other systems may or may not, so there they are two. */
function sameName(a: string, b: string, root: FilePlace['root']): boolean {
  return root === 'posix' ? a === b : fold(a) === fold(b);
}

function sharedNames(a: FilePlace, b: FilePlace): number {
  let count = 0;
  while (count < Math.min(a.names.length, b.names.length) && sameName(a.names[count]!, b.names[count]!, a.root))
    count++;
  return count;
}

/** How to get from a folder to a file, name by name, ".." being one up; null when they share no root. */
export function stepsBetween(folder: FilePlace, file: FilePlace): string[] | null {
  if (!sameRoot(folder, file)) return null;
  const shared = sharedNames(folder, file);
  return [...folder.names.slice(shared).map(() => '..'), ...file.names.slice(shared)];
}

/** A folder that is called otherwise on the system that reads: `/mnt/music` is `M:\Music` there. */
export interface Relocation {
  readonly from: FilePlace;
  readonly to: FilePlace;
}

/** The place by the first rule whose folder it is in; the place itself when it is in none. */
export function relocated(place: FilePlace, rules: readonly Relocation[]): FilePlace {
  for (const { from, to } of rules) {
    if (!sameRoot(from, place) || sharedNames(from, place) < from.names.length) continue;
    return { ...to, names: [...to.names, ...place.names.slice(from.names.length)] };
  }
  return place;
}
