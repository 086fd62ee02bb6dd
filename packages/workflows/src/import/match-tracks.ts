import type { NamedFile } from '@tutti/library';
import { foldText } from '@tutti/music/filter';

/** A track as a file of another program names it. */
export interface WantedTrack {
  /** Where it is here, as far as is known. */
  readonly path: string;
  /** With the artist before it where the format does not tell them apart. */
  readonly title: string | null;
  readonly artist: string | null;
  readonly seconds: number | null;
}

/** What was found for it: a file and by what, or why there is none. */
export type TrackMatch =
  | { readonly file: number; readonly by: 'path' | 'name' }
  | { readonly file: null; readonly reason: 'nothing' | 'several' };

/**
 * How far the length that a program tells may be from that of the same sound here: programs tell whole seconds, and count the
 * silence that an encoder puts around a sound or not.
 */
const SAME_SECONDS = 2;

/**
 * Finds files of the library for tracks of other programs: by path, whatever the case of its letters and the form of its accents
 * where that leaves one; else by artist and title, folded as filters fold them, at about the same length. Files of one sound are one.
 */
export function trackMatcher(files: readonly NamedFile[]): (wanted: WantedTrack) => TrackMatch {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const byFoldedPath = Map.groupBy(files, ({ path }) => foldedPath(path));
  const byName = Map.groupBy(files, nameKey);
  return (wanted) => {
    const alike = byFoldedPath.get(foldedPath(wanted.path)) ?? [];
    const there = byPath.get(wanted.path) ?? (alike.length === 1 ? alike[0] : undefined);
    if (there) return { file: there.id, by: 'path' };
    const name = nameKey(wanted);
    const named = name === '' ? [] : (byName.get(name) ?? []).filter((file) => isAsLong(file, wanted));
    if (named.length === 0) return { file: null, reason: 'nothing' };
    const sounds = new Set(named.map(({ id, sound }) => sound ?? `file ${id}`));
    return sounds.size === 1 ? { file: named[0]!.id, by: 'name' } : { file: null, reason: 'several' };
  };
}

function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function nameKey({ title, artist }: Pick<WantedTrack, 'title' | 'artist'>): string {
  return title === null ? '' : foldText(artist === null ? title : `${artist} ${title}`);
}

function isAsLong(file: NamedFile, { seconds }: WantedTrack): boolean {
  return file.seconds === null || seconds === null || Math.abs(file.seconds - seconds) <= SAME_SECONDS;
}
