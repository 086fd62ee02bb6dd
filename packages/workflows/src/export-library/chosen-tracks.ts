import {
  type Database,
  listPlaylists,
  namedFiles,
  type Playlist,
  playlistEntries,
  playlistNamed,
  shownPlace,
} from '@tutti/library';
import { askedHere } from '../lists/list-library.ts';

/** Which tracks and playlists of the library are meant: all, or those of some playlists. */
export interface LibraryChoice {
  /** Names of playlists; the whole library with all its playlists when null. */
  readonly playlists: readonly string[] | null;
}

/** What is to be exported, by the numbers of files. */
export interface ChosenTracks {
  readonly files: readonly number[];
  readonly playlists: readonly ChosenPlaylist[];
  /** Entries of playlists that are not in the library now. */
  readonly remarks: readonly string[];
}

export interface ChosenPlaylist {
  readonly folders: readonly string[];
  readonly name: string;
  /** In its order; one may be there twice. */
  readonly files: readonly number[];
}

/** The tracks and playlists that are meant; smart ones are worked out now. @throws LibraryError 'missing' */
export async function chosenTracks(library: Database, choice: LibraryChoice): Promise<ChosenTracks> {
  const meant: Playlist[] = [];
  if (choice.playlists === null) meant.push(...(await listPlaylists(library)));
  else for (const name of new Set(choice.playlists)) meant.push(await playlistNamed(library, name));
  const remarks: string[] = [];
  const playlists: ChosenPlaylist[] = [];
  const asked = askedHere();
  for (const playlist of meant) {
    const entries = await playlistEntries(library, playlist, asked);
    for (const { track, path } of entries)
      if (track === null) remarks.push(`${shownPlace(playlist)}: ${path} is left out: it is not in the library now`);
    const { folders, name } = playlist;
    playlists.push({ folders, name, files: entries.flatMap(({ track }) => (track === null ? [] : [track.id])) });
  }
  const files =
    choice.playlists === null
      ? (await namedFiles(library)).map(({ id }) => id)
      : [...new Set(playlists.flatMap((playlist) => playlist.files))];
  return { files, playlists, remarks };
}
