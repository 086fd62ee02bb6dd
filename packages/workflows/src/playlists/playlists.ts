import { PLAYLIST_ENTRY_SCHEMA, PLAYLIST_SCHEMA, type PlaylistEntryLine, type PlaylistLine } from '@tutti/contract';
import {
  changeRule,
  type Database,
  listPlaylists,
  makePlaylist,
  type Playlist,
  type PlaylistEntry,
  type PlaylistRule,
  playlistEntries,
  playlistNamed,
  renamePlaylist,
} from '@tutti/library';
import { askedHere, trackLine } from '../lists/list-library.ts';
import { playlistPlace, ruleLine } from './playlist-rules.ts';

/** All playlists of the library, by their folders and names. */
export async function playlistLines(library: Database): Promise<PlaylistLine[]> {
  return (await listPlaylists(library)).map(playlistLine);
}

function playlistLine({ rule, changed, ...playlist }: Playlist): PlaylistLine {
  return {
    schema: PLAYLIST_SCHEMA,
    ...playlist,
    rule: rule && ruleLine(rule),
    changed: changed.toISOString(),
  };
}

/** An entry as it is told outside. */
export function entryLine({ track, ...entry }: PlaylistEntry): PlaylistEntryLine {
  return { schema: PLAYLIST_ENTRY_SCHEMA, ...entry, track: track && trackLine(track) };
}

/** What is in a playlist, in its order; a smart one is worked out now. @throws LibraryError 'missing' */
export async function entriesOf(library: Database, named: string, limit?: number): Promise<PlaylistEntryLine[]> {
  const playlist = await playlistNamed(library, named);
  return (await playlistEntries(library, playlist, askedHere(), 0, limit)).map(entryLine);
}

/** Makes an empty playlist, or with a rule a smart one. @throws LibraryError 'denied' when there is one of the name */
export async function makeUserPlaylist(
  library: Database,
  named: string,
  rule: PlaylistRule | null,
): Promise<PlaylistLine> {
  return playlistLine(await makePlaylist(library, playlistPlace(named), rule));
}

/** @throws LibraryError 'missing', 'denied' when there is one of the new name */
export async function renameUserPlaylist(library: Database, named: string, now: string): Promise<void> {
  await renamePlaylist(library, await playlistNamed(library, named), playlistPlace(now));
}

/** Gives a smart playlist another rule; what is not told stays. @throws LibraryError 'missing', 'unsupported' */
export async function changePlaylistRule(
  library: Database,
  named: string,
  change: Partial<PlaylistRule>,
): Promise<void> {
  const playlist = await playlistNamed(library, named);
  await changeRule(library, playlist, { ...playlist.rule, ...change });
}
