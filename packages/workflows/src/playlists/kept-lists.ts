import type { PlaylistEntryLine } from '@tutti/contract';
import {
  addEntries,
  clearEntries,
  type Database,
  keptEntries,
  type ListedTrack,
  moveEntry,
  type NewEntry,
  notePlay,
  type PlaylistEntry,
  playlistNamed,
  type Queries,
  queueList,
  removeEntries,
  requireKeptByHand,
} from '@tutti/library';
import type { Filter } from '@tutti/music/filter';
import { WorkflowError } from '../failure.ts';
import { findTrack } from '../lists/find-track.ts';
import { listLibrary } from '../lists/list-library.ts';
import { entryLine } from './playlists.ts';

/** A list that is kept by hand: how it is found. */
export type KeptList = (queries: Queries) => Promise<number>;

/** What is to be played next. */
export const theQueue: KeptList = queueList;

/** A playlist, by what a person calls it. It fails with 'missing', and 'unsupported' for a smart one. */
export function keptPlaylist(named: string): KeptList {
  return async (queries) => requireKeptByHand(await playlistNamed(queries, named));
}

/** A track as an entry of a list. */
export function entryOfTrack({
  id,
  path,
  title,
  artist,
  seconds,
}: Pick<ListedTrack, 'id' | 'path' | 'title' | 'artist' | 'seconds'>): NewEntry {
  return { file: id, path, title, artist, seconds };
}

export interface WantedTracks {
  /** As a person names them: by path, name or title. */
  readonly named: readonly string[];
  /** Those that a filter means, after them. */
  readonly filter?: Filter | undefined;
  /** The position that the first of them gets; behind all others when absent. */
  readonly at?: number | undefined;
}

/** Puts tracks into a list, all or none. @returns how many @throws WorkflowError as `findTrack`; LibraryError */
export async function addToList(
  library: Database,
  list: KeptList,
  { named, filter, at }: WantedTracks,
): Promise<number> {
  const entries: NewEntry[] = [];
  for (const name of named) entries.push(entryOfTrack(await findTrack(library, name)));
  if (filter !== undefined)
    for await (const track of listLibrary(library, { filter })) entries.push(entryOfTrack(track));
  await library.transaction(async (queries) => addEntries(queries, await list(queries), entries, at));
  return entries.length;
}

/** Takes entries out of a list by their positions, all or none. @throws LibraryError */
export function takeFromList(library: Database, list: KeptList, positions: readonly number[]): Promise<void> {
  return library.transaction(async (queries) => removeEntries(queries, await list(queries), positions));
}

/** Moves an entry of a list to another position. @throws LibraryError */
export function moveInList(library: Database, list: KeptList, from: number, to: number): Promise<void> {
  return library.transaction(async (queries) => moveEntry(queries, await list(queries), from, to));
}

/** Takes everything out of a list. @returns how much it was */
export function clearList(library: Database, list: KeptList): Promise<number> {
  return library.transaction(async (queries) => clearEntries(queries, await list(queries)));
}

/** What is in the queue, in its order. */
export async function queueEntries(library: Database): Promise<PlaylistEntryLine[]> {
  return (await keptEntries(library, await queueList(library))).map(entryLine);
}

/** Entries that are looked at for one that can be played. */
const FAR_ENOUGH = 1000;

/**
 * Takes the first track out of the queue that is there to be played, and notes that it was played now. What is away stays.
 * @throws WorkflowError 'empty'
 */
export function nextOfQueue(library: Database): Promise<PlaylistEntryLine> {
  return library.transaction(async (queries) => {
    const queue = await queueList(queries);
    const isThere = ({ track }: PlaylistEntry) => track !== null && !track.offline;
    const next = (await keptEntries(queries, queue, 0, FAR_ENOUGH)).find(isThere);
    if (next === undefined) throw new WorkflowError('empty', 'nothing in the queue can be played');
    await removeEntries(queries, queue, [next.position]);
    await notePlay(queries, next.track!.id, new Date());
    return entryLine(next);
  });
}
