import { LibraryError } from '../errors.ts';

/** What lists are sorted by, and the columns of `listing` that say it. */
const COLUMNS = {
  title: { column: 'title_key', type: 'text' },
  artist: { column: 'artist_key', type: 'text' },
  album: { column: 'album_key', type: 'text' },
  place: { column: 'album_place', type: 'integer' },
  genre: { column: 'genre_key', type: 'text' },
  key: { column: 'key_place', type: 'smallint' },
  bpm: { column: 'bpm', type: 'float8' },
  energy: { column: 'energy', type: 'float8' },
  loudness: { column: 'loudness', type: 'float8' },
  rating: { column: 'rating', type: 'float8' },
  plays: { column: 'plays', type: 'float8' },
  bitrate: { column: 'bitrate', type: 'float8' },
  year: { column: 'year', type: 'float8' },
  length: { column: 'length', type: 'float8' },
  added: { column: 'added', type: 'timestamptz' },
  played: { column: 'played', type: 'timestamptz' },
  path: { column: 'path_key', type: 'text' },
} as const;

export type SortName = keyof typeof COLUMNS;
export const SORT_NAMES = Object.keys(COLUMNS) as readonly SortName[];

/** One thing to sort by. What is not known comes last, either way. */
export interface SortKey {
  readonly by: SortName;
  readonly descending: boolean;
}

/** Things to sort by, at most. */
const MOST_KEYS = 4;

export const USUAL_SORT: readonly SortKey[] = (['artist', 'album', 'place', 'title'] as const).map((by) => ({
  by,
  descending: false,
}));

export function columnOf(by: SortName): { readonly column: string; readonly type: string } {
  return COLUMNS[by];
}

/**
 * Reads what to sort by, with commas between and a minus before what goes down: `-bpm,title`.
 * @throws LibraryError 'unsupported' that says what there is
 */
export function parseSort(text: string): SortKey[] {
  const keys = text.split(',').map((part): SortKey => {
    const word = part.trim().toLowerCase();
    const name = word.replace(/^[-+]/, '');
    const by = SORT_NAMES.find((known) => known === name);
    if (by === undefined)
      throw new LibraryError('unsupported', `lists are sorted by ${SORT_NAMES.join(', ')}, not by "${name}"`);
    return { by, descending: word.startsWith('-') };
  });
  const names = keys.map(({ by }) => by);
  if (new Set(names).size < names.length || names.length > MOST_KEYS)
    throw new LibraryError('unsupported', `a list is sorted by up to ${MOST_KEYS} different things, not by "${text}"`);
  return keys;
}

/** What to sort by as text, as `parseSort` reads it. */
export function writtenSort(keys: readonly SortKey[]): string {
  return keys.map(({ by, descending }) => `${descending ? '-' : ''}${by}`).join(',');
}
