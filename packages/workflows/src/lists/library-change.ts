import { changedTracks, type Database, refreshLists } from '@tutti/library';

/** Tracks that are named, at most: whoever shows a library reads it anew where more have changed. */
const MOST_NAMED = 200;

/** What changed in a library, and with which change that is said. */
interface LibraryChange {
  readonly change: number;
  /** Null where there are too many. */
  readonly tracks: readonly number[] | null;
  /** Whether tracks went. */
  readonly removed: boolean;
}

/** What changed in the lists of a library after a change. */
export async function libraryChange(library: Database, since: number): Promise<LibraryChange> {
  const { change, removal } = await refreshLists(library);
  const tracks = change === since ? [] : await changedTracks(library, since, MOST_NAMED + 1);
  return { change, tracks: tracks.length > MOST_NAMED ? null : tracks, removed: removal > since };
}
