import { FACETS_SCHEMA, type FacetsLine, type ListedTrackLine, TRACK_SCHEMA } from '@tutti/contract';
import { type Asked, type Database, facetsOf, type ListedTrack, listTracks, type SortKey } from '@tutti/library';
import type { Filter } from '@tutti/music/filter';

/** Tracks that are asked for at once, at most. */
const LARGEST_PAGE = 1000;

export interface ListOptions {
  readonly filter: Filter;
  readonly sort?: readonly SortKey[] | undefined;
  /** How many tracks, at most; all of them when absent. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The asker's clock and calendar. */
export function askedHere(): Asked {
  return { now: new Date(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** The tracks of the library that a filter means, one after another. */
export async function* listLibrary(library: Database, options: ListOptions): AsyncGenerator<ListedTrackLine> {
  const { filter, sort, limit = Number.POSITIVE_INFINITY, signal } = options;
  const asked = askedHere();
  let after: string | undefined;
  for (let left = limit; left > 0; ) {
    signal?.throwIfAborted();
    const page = await listTracks(library, { filter, sort, ...asked, limit: Math.min(left, LARGEST_PAGE), after });
    yield* page.tracks.map(trackLine);
    left -= page.tracks.length;
    if (page.next === null) return;
    after = page.next;
  }
}

export interface PageOptions {
  readonly filter: Filter;
  readonly sort?: readonly SortKey[] | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** A part of what `listLibrary` gives. @throws LibraryError 'unsupported' for a place in another list */
export async function libraryPage(
  library: Database,
  options: PageOptions,
): Promise<{ items: ListedTrackLine[]; next: string | null }> {
  const { tracks, next } = await listTracks(library, { ...options, ...askedHere() });
  return { items: tracks.map(trackLine), next };
}

/** What the tracks that a filter means have in common. */
export async function libraryFacets(library: Database, filter: Filter): Promise<FacetsLine> {
  return { schema: FACETS_SCHEMA, ...(await facetsOf(library, filter, askedHere())) };
}

/** A track as it is told outside. */
export function trackLine({ added, played, ...track }: ListedTrack): ListedTrackLine {
  return { schema: TRACK_SCHEMA, ...track, added: added.toISOString(), played: played?.toISOString() ?? null };
}

/** What a person calls a track: artist and title. */
export function nameOfTrack({ artist, title }: Pick<ListedTrack, 'artist' | 'title'>): string {
  return artist === null ? title : `${artist} - ${title}`;
}
