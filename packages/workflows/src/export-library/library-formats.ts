import type { DjPlaylist } from '@tutti/exchange';

/** Formats that the library and its playlists can be exported in. */
export const LIBRARY_FORMATS = ['rekordbox', 'nml', 'm3u8', 'serato'] as const;
export type LibraryFormat = (typeof LIBRARY_FORMATS)[number];

/** Characters of the name of a file that are left for its beginning and ending. */
const LONGEST_NAME = 100;

type Place = Pick<DjPlaylist, 'folders' | 'name'>;

/** Names that files of playlists can have on every system, with their folders before them; no two are the same in small letters. */
export function playlistFileNames(playlists: readonly Place[]): string[] {
  return eachOnce(playlists, ({ folders, name }) => fileName([...folders, name].join(' - ')));
}

/** The names that files of playlists get, numbered where two would have the same in small letters. */
export function eachOnce(playlists: readonly Place[], nameOf: (place: Place) => string): string[] {
  const taken = new Set<string>();
  return playlists.map(({ folders, name }) => {
    for (let number = 1; ; number++) {
      const free = nameOf({ folders, name: number === 1 ? name : `${name} ${number}` });
      if (taken.has(free.toLowerCase())) continue;
      taken.add(free.toLowerCase());
      return free;
    }
  });
}

/** Source of what cannot be in a name: Microsoft, "Naming Files, Paths, and Namespaces". */
function fileName(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')
      .slice(0, LONGEST_NAME)
      .toWellFormed()
      .replace(/[. ]+$/, '') || 'playlist'
  );
}
