import { IMPORT_SCHEMA, type ImportReport } from '@tutti/contract';
import { ExchangeError, pathOf, placeOf, type Relocation, relocated } from '@tutti/exchange';
import {
  addEntries,
  type CollectionSource,
  type Database,
  LONGEST_PLAYLIST_NAME,
  listPlaylists,
  makePlaylist,
  namedFiles,
  type PlaylistPlace,
  type Queries,
  removePlaylist,
  shownPlace,
  storeImportedMarks,
} from '@tutti/library';
import { hexOf } from '../scan/marks-in-tags.ts';
import { type TrackMatch, trackMatcher } from './match-tracks.ts';
import {
  type ForeignCollection,
  type ForeignTrack,
  type ImportFormat,
  readForeignCollection,
} from './read-collection.ts';

export interface ImportOptions {
  /** Where folders of the file are here: the first rule that fits. */
  readonly relocations: readonly Relocation[];
  /** Of Traktor: the volume whose paths do not begin with /Volumes. */
  readonly startVolume: string;
  /** Playlists of the same names make way; else the new ones get a number. */
  readonly replace: boolean;
  /** Says what would be imported and changes nothing. */
  readonly preview: boolean;
}

/** Whose grids and cues a format has. */
const MARKS_OF: Readonly<Partial<Record<ImportFormat, CollectionSource>>> = { rekordbox: 'rekordbox', nml: 'traktor' };

/** A track of the file, where it is here, and what was found for it. */
interface Sought extends ForeignTrack {
  readonly here: string;
  readonly match: TrackMatch;
}

/**
 * Takes what a file of another program knows into the library: its playlists, and grids and cues of its tracks as a source of
 * their own beside the analysis. Tracks are found by where they are, after `relocations`, then by artist, title and length; what
 * is not found stays in the playlists as it is called. All of the file, or nothing.
 * @throws as `readForeignCollection`; LibraryError
 */
export async function importCollection(library: Database, path: string, options: ImportOptions): Promise<ImportReport> {
  const read = await readForeignCollection(path, options.startVolume);
  const matched = trackMatcher(await namedFiles(library));
  const tracks = read.tracks.map((track): Sought => {
    const places = [track.path, track.orAt ?? track.path].map((place) => placeHere(place, options.relocations));
    const [first, other] = places.map((here) => ({ ...track, here, match: matched({ ...track, path: here }) }));
    return other!.match.file !== null && other!.match.by === 'path' && first!.match.file === null ? other! : first!;
  });
  const playlists = options.preview
    ? read.playlists.map((list) => reportOf(list, list, tracks))
    : await library.transaction((queries) => store(queries, read, tracks, options.replace));
  const count = (by: string) => tracks.filter(({ match }) => match.file !== null && match.by === by).length;
  return {
    ...{ schema: IMPORT_SCHEMA, path, format: read.format, preview: options.preview, tracks: tracks.length },
    matched: { path: count('path'), name: count('name') },
    marks: MARKS_OF[read.format] === undefined ? 0 : marksOf(tracks).length,
    playlists,
    unmatched: tracks.flatMap(({ path: written, here, title, artist, seconds, match }) =>
      match.file === null ? [{ path: written, sought: here, title, artist, seconds, reason: match.reason }] : [],
    ),
    remarks: [...read.remarks],
  };
}

async function store(
  queries: Queries,
  { format, playlists }: ForeignCollection,
  tracks: readonly Sought[],
  replace: boolean,
): Promise<ImportReport['playlists'][number][]> {
  const there = await listPlaylists(queries);
  const taken = new Set(there.map(shownPlace));
  const imported: ImportReport['playlists'][number][] = [];
  for (const list of playlists) {
    const wanted = usablePlace(list);
    const same = there.find((playlist) => shownPlace(playlist) === shownPlace(wanted));
    if (same && replace && taken.delete(shownPlace(same))) await removePlaylist(queries, same);
    const place = freePlace(wanted, taken);
    taken.add(shownPlace(place));
    const { id } = await makePlaylist(queries, place);
    const entries = list.tracks.map((index) => {
      const { here, title, artist, seconds, match } = tracks[index]!;
      return { file: match.file, path: here, title, artist, seconds };
    });
    await addEntries(queries, id, entries);
    imported.push(reportOf(place, list, tracks));
  }
  const source = MARKS_OF[format];
  if (source !== undefined) await storeImportedMarks(queries, source, marksOf(tracks));
  return imported;
}

function reportOf(
  { folders, name }: PlaylistPlace,
  list: { readonly tracks: readonly number[] },
  tracks: readonly Sought[],
): ImportReport['playlists'][number] {
  const unmatched = list.tracks.filter((index) => tracks[index]!.match.file === null).length;
  return { folders: [...folders], name, entries: list.tracks.length, unmatched };
}

/** Grids and cues of the tracks that were found; of a file that was found twice the last. */
function marksOf(tracks: readonly Sought[]) {
  const marked = new Map<number, Sought>();
  for (const track of tracks) {
    if (track.match.file !== null && track.grid.length + track.cues.length > 0) marked.set(track.match.file, track);
  }
  return [...marked].map(([id, { grid, cues }]) => ({
    id,
    grid,
    cues: cues.map((cue) => ({ ...cue, colour: cue.colour && hexOf(cue.colour) })),
  }));
}

/** Where a file is here; a path that is none of any system is left as it is. */
function placeHere(path: string, relocations: readonly Relocation[]): string {
  try {
    return pathOf(relocated(placeOf(path), relocations));
  } catch (error) {
    if (error instanceof ExchangeError) return path;
    throw error;
  }
}

/** Characters that are left for a number behind a name. */
const ROOM_FOR_NUMBER = 10;

/** Names that a playlist can have, as near to those of the file as that goes. */
function usablePlace({ folders, name }: PlaylistPlace): PlaylistPlace {
  const usable = (text: string, otherwise: string) =>
    text
      .replaceAll('\0', '')
      .toWellFormed()
      .slice(0, LONGEST_PLAYLIST_NAME - ROOM_FOR_NUMBER)
      .toWellFormed()
      .trim() || otherwise;
  return {
    folders: folders.slice(0, 20).map((folder) => usable(folder, 'folder')),
    name: usable(name, 'playlist'),
  };
}

/** The place, with a number behind the name where there is one of that name. */
function freePlace({ folders, name }: PlaylistPlace, taken: ReadonlySet<string>): PlaylistPlace {
  for (let number = 1; ; number++) {
    const place = { folders, name: number === 1 ? name : `${name} ${number}` };
    if (!taken.has(shownPlace(place))) return place;
  }
}
