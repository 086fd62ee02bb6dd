/** What a field holds, and so how its values are written. */
export type FieldKind = 'number' | 'duration' | 'year' | 'text' | 'key' | 'date';

export interface FieldRule {
  readonly kind: FieldKind;
  /** Other words for it. */
  readonly aliases: readonly string[];
  /** Of numbers: what a value may be, and how far from it `field:value` still finds one (half of what is shown). */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly near?: number;
  readonly meaning: string;
}

/** The fields that a filter may ask for. */
export const FIELDS = {
  title: { kind: 'text', aliases: ['name'], meaning: 'title of the track' },
  artist: { kind: 'text', aliases: ['by'], meaning: 'an artist of the track' },
  albumartist: { kind: 'text', aliases: [], meaning: 'an artist of the album' },
  album: { kind: 'text', aliases: ['release'], meaning: 'title of the album' },
  genre: { kind: 'text', aliases: ['style'], meaning: 'a genre of the track' },
  label: { kind: 'text', aliases: ['publisher'], meaning: 'who published it' },
  comment: { kind: 'text', aliases: [], meaning: 'comment in the tags' },
  path: { kind: 'text', aliases: ['folder', 'file'], meaning: 'where the file is' },
  format: { kind: 'text', aliases: ['codec'], meaning: 'codec or container: mp3, flac' },
  key: { kind: 'key', aliases: ['camelot'], meaning: 'musical key: 8A, Am, 1m' },
  bpm: { kind: 'number', aliases: ['tempo'], minimum: 1, maximum: 1000, near: 0.5, meaning: 'beats per minute' },
  energy: { kind: 'number', aliases: [], minimum: 1, maximum: 10, near: 0, meaning: 'energy level, 1 to 10' },
  loudness: {
    kind: 'number',
    aliases: ['lufs'],
    minimum: -100,
    maximum: 10,
    near: 0.5,
    meaning: 'integrated loudness, LUFS',
  },
  rating: { kind: 'number', aliases: ['stars'], minimum: 0, maximum: 5, near: 0, meaning: 'stars given, 0 to 5' },
  plays: { kind: 'number', aliases: [], minimum: 0, maximum: 1e9, near: 0, meaning: 'times played' },
  bitrate: { kind: 'number', aliases: ['kbps'], minimum: 1, maximum: 1e6, near: 0.5, meaning: 'kilobits a second' },
  year: { kind: 'year', aliases: [], minimum: 1000, maximum: 9999, near: 0, meaning: 'year of release' },
  length: {
    kind: 'duration',
    aliases: ['duration', 'time'],
    minimum: 0,
    maximum: 172_800,
    near: 0.5,
    meaning: 'length: 3:30, or seconds',
  },
  added: { kind: 'date', aliases: [], meaning: 'when it came into the library: <30d, 2026-05, 2026-01..2026-03' },
  played: { kind: 'date', aliases: ['lastplayed'], meaning: 'when it was last played' },
} as const satisfies Record<string, FieldRule>;

export type FieldName = keyof typeof FIELDS;
type FieldOf<Kind extends FieldKind> = {
  [Name in FieldName]: (typeof FIELDS)[Name]['kind'] extends Kind ? Name : never;
}[FieldName];
export type TextField = FieldOf<'text'>;
export type NumberField = FieldOf<'number' | 'duration' | 'year'>;
export type DateField = FieldOf<'date'>;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
