import type { Database, Queries } from '../database/database.ts';
import { LibraryError } from '../errors.ts';
import type { Asked } from '../lists/filter-sql.ts';
import { countTracks, listTracks } from '../lists/list-tracks.ts';
import { type ListedTrack, listedTracks } from '../lists/listed-track.ts';
import { parseSort } from '../lists/sorts.ts';
import { storedEntries } from './entries.ts';
import { MOST_ENTRIES, type PlaylistRule } from './playlist-rule.ts';
import { type Playlist, shownPlace } from './playlists.ts';

/** A track of a list where it is in the library, else what is remembered of it. */
export interface PlaylistEntry {
  /** From 1 on. */
  readonly position: number;
  readonly track: ListedTrack | null;
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly seconds: number | null;
}

const LARGEST_PAGE = 1000;

/**
 * What is in a playlist, in its order; a smart one is worked out now.
 * @param after the position before the first that is given
 * @param most how many, at most
 */
export function playlistEntries(
  database: Database,
  playlist: Pick<Playlist, 'id' | 'rule'>,
  asked: Asked,
  after = 0,
  most: number = MOST_ENTRIES,
): Promise<PlaylistEntry[]> {
  return playlist.rule === null
    ? keptEntries(database, playlist.id, after, most)
    : foundEntries(database, playlist.rule, asked, after, most);
}

/** What is in a list that is kept by hand. */
export async function keptEntries(
  queries: Queries,
  list: number,
  after = 0,
  most: number = MOST_ENTRIES,
): Promise<PlaylistEntry[]> {
  const rows = await storedEntries(queries, list, after, most);
  const files = [...new Set(rows.flatMap(({ file }) => (file === null ? [] : [file])))];
  const tracks = new Map((await listedTracks(queries, files)).map((track) => [track.id, track]));
  return rows.map(({ file, ...remembered }) => {
    const track = file === null ? undefined : tracks.get(file);
    return track === undefined ? { ...remembered, track: null } : entryOf(track, remembered.position);
  });
}

function entryOf(track: ListedTrack, position: number): PlaylistEntry {
  const { path, title, artist, seconds } = track;
  return { position, track, path, title, artist, seconds };
}

async function foundEntries(
  database: Database,
  rule: PlaylistRule,
  asked: Asked,
  after: number,
  most: number,
): Promise<PlaylistEntry[]> {
  const last = Math.min(rule.limit ?? MOST_ENTRIES, after + most);
  const found: ListedTrack[] = [];
  let cursor: string | undefined;
  while (found.length < last) {
    const limit = Math.min(LARGEST_PAGE, last - found.length);
    const page = await listTracks(database, { ...requestOf(rule, asked), limit, after: cursor });
    found.push(...page.tracks);
    if (page.next === null) break;
    cursor = page.next;
  }
  return found.map((track, i) => entryOf(track, i + 1)).slice(after);
}

function requestOf({ filter, sort }: PlaylistRule, asked: Asked) {
  return { filter, ...asked, sort: sort === null ? undefined : parseSort(sort) };
}

/** How many tracks a rule finds, and the first of them. */
export async function previewRule(
  database: Database,
  rule: PlaylistRule,
  asked: Asked,
  rows: number,
): Promise<{ readonly count: number; readonly first: readonly ListedTrack[] }> {
  const meant = await countTracks(database, rule.filter, asked);
  const count = Math.min(meant, rule.limit ?? MOST_ENTRIES);
  const { tracks } = await listTracks(database, {
    ...requestOf(rule, asked),
    limit: Math.max(1, Math.min(rows, count)),
  });
  return { count, first: tracks };
}

/** The number of a list that entries can be put into. @throws LibraryError 'unsupported' for a smart one */
export function requireKeptByHand(playlist: Playlist): number {
  if (playlist.rule === null) return playlist.id;
  throw new LibraryError('unsupported', `"${shownPlace(playlist)}" is a smart playlist: its rule finds its tracks`);
}
