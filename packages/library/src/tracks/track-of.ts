/** What is said of a file, field by field (the names of `packages/media/src/tags/tag-map.data.ts`). */
export type Fields = Readonly<Record<string, readonly string[]>>;

/** What lists show of a track: the columns of its table, under their names, and its names in other tables. */
export interface TrackRow {
  readonly title: string | null;
  readonly artist: string | null;
  readonly title_sort: string | null;
  readonly artist_sort: string | null;
  readonly album: string | null;
  readonly album_artist: string | null;
  readonly disc: number | null;
  readonly discs: number | null;
  readonly number: number | null;
  readonly numbers: number | null;
  readonly year: number | null;
  readonly released: string | null;
  readonly compilation: boolean;
  readonly comment: string | null;
  readonly tagged_bpm: number | null;
  readonly tagged_key: string | null;
  readonly replay_gain_db: number | null;
  readonly replay_peak: number | null;
  readonly album_replay_gain_db: number | null;
  readonly album_replay_peak: number | null;
  readonly artists: readonly { readonly role: string; readonly names: readonly string[] }[];
  readonly genres: readonly string[];
}

/** Of all tracks of a compilation, where the tags name nobody: MusicBrainz calls it so. */
const VARIOUS = 'Various Artists';
const LARGEST_NUMBER = 32_767;

/** Reads out of what tags say what lists show. What is no number where there has to be one is left out. */
export function trackOf(fields: Fields): TrackRow {
  const first = (field: string) => fields[field]?.[0] ?? null;
  const numberIn = (field: string) => {
    const text = first(field);
    const value = text === null ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : null;
  };
  const count = (field: string) => {
    const value = numberIn(field);
    return value !== null && Number.isInteger(value) && value > 0 && value <= LARGEST_NUMBER ? value : null;
  };
  const artist = first('artist') ?? fields['artists']?.join(', ') ?? null;
  const compilation = first('compilation') === 'true';
  const roles = [
    ['artist', fields['artists'] ?? fields['artist']],
    ['album-artist', fields['albumArtists'] ?? fields['albumArtist']],
    ['composer', fields['composer']],
    ['remixer', fields['remixer']],
    ['producer', fields['producer']],
  ] as const;
  return {
    title: first('title'),
    artist,
    title_sort: first('titleSort'),
    artist_sort: first('artistSort'),
    album: first('album'),
    album_artist: first('album') && (first('albumArtist') ?? (compilation ? VARIOUS : artist)),
    disc: count('disc'),
    discs: count('discs'),
    number: count('track'),
    numbers: count('tracks'),
    year: count('year'),
    released: first('date'),
    compilation,
    comment: first('comment'),
    tagged_bpm: numberIn('bpm'),
    tagged_key: first('key'),
    replay_gain_db: numberIn('replayGainDb'),
    replay_peak: numberIn('replayPeak'),
    album_replay_gain_db: numberIn('albumReplayGainDb'),
    album_replay_peak: numberIn('albumReplayPeak'),
    artists: roles.flatMap(([role, names]) => (names === undefined ? [] : [{ role, names }])),
    genres: fields['genre'] ?? [],
  };
}
