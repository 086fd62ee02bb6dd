import { ExchangeError } from '../errors.ts';
import { type FilePlace, pathOf, stepsBetween } from '../paths/file-place.ts';
import { fileUri, isFileUri } from '../paths/file-uri.ts';
import { oneLine } from '../text/one-line.ts';

export interface M3u8Entry {
  readonly place: FilePlace;
  /** As people call it: "Artist - Title". */
  readonly title: string;
  readonly seconds: number | null;
}

/**
 * An extended M3U playlist as UTF-8: #EXTM3U, then for each track #EXTINF with its length in whole seconds (-1: not known)
 * and its name, and its path. A path that a line cannot hold as it is (a line end in a name, spaces at the ends) is
 * written as a file URI.
 * Source: the format has no standard; Wikipedia, "M3U", describes the directives as Winamp introduced them, and readers
 * (VLC, Mixxx) follow it.
 * @param name of the playlist
 * @param folder paths are relative to it, where they can be, with slashes, which every system reads; absolute when null
 */
export function writeM3u8(entries: readonly M3u8Entry[], name: string, folder: FilePlace | null): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`];
  for (const { place, title, seconds } of entries) {
    lines.push(`#EXTINF:${seconds === null ? -1 : Math.round(seconds)},${oneLine(title)}`, lineFor(place, folder));
  }
  return `${lines.join('\n')}\n`;
}

function lineFor(place: FilePlace, folder: FilePlace | null): string {
  const path = (folder && relativePath(folder, place)) ?? pathOf(place);
  // A line of a list of streams may begin with a scheme; half a pair cannot be UTF-8.
  if (!path.isWellFormed())
    throw new ExchangeError('unsupported', `${JSON.stringify(path)} cannot be written as UTF-8`);
  return fitsLine(path) ? path : fileUri(place, '');
}

/** Marked by a dot where a reader might take it for something else. */
function relativePath(folder: FilePlace, place: FilePlace): string | null {
  const steps = stepsBetween(folder, place);
  // A backslash in a name is one on the system of the file, and a separator elsewhere.
  if (steps === null || steps.some((step) => step.includes('\\'))) return null;
  const path = steps.join('/');
  return /^[#\s]|^[A-Za-z][A-Za-z0-9+.-]*:/.test(path) ? `./${path}` : path;
}

function fitsLine(path: string): boolean {
  return !/[\r\n\0\u2028\u2029\u0085]/.test(path) && path === path.trim() && !isFileUri(path);
}
