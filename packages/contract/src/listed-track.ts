import { z } from 'zod';

export const TRACK_SCHEMA = 'tutti.track/1';

/** A track of the library: a line of `tutti list --json` or of `tutti search --json`. */
export const listedTrackSchema = z.strictObject({
  schema: z.literal(TRACK_SCHEMA),
  id: z.int().positive().describe('its number in the library'),
  path: z.string(),
  offline: z.boolean().describe('in a folder that is away'),
  audioHash: z.string().nullable().describe('null before the sound was read'),
  title: z.string().describe('where the tags have none, the name of the file'),
  artist: z.string().nullable(),
  artists: z.array(z.string()).readonly(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  disc: z.int().nullable(),
  number: z.int().nullable(),
  year: z.int().nullable(),
  genres: z.array(z.string()).readonly(),
  seconds: z.number().min(0).nullable(),
  bpm: z.number().positive().nullable().describe('as it was heard, else as the tags say'),
  camelot: z.string().nullable().describe('as it was heard, else as the tags say'),
  energy: z.number().min(1).max(10).nullable(),
  loudness: z.number().nullable().describe('integrated, LUFS'),
  rating: z.int().min(0).max(5).nullable(),
  plays: z.int().min(0),
  added: z.iso.datetime(),
  played: z.iso.datetime().nullable().describe('the last time'),
  container: z.string().nullable(),
  codec: z.string().nullable(),
  lossless: z.boolean().nullable(),
  bitrate: z.number().nullable().describe('thousands of bits a second of the file'),
});
export type ListedTrackLine = z.infer<typeof listedTrackSchema>;

export const FACETS_SCHEMA = 'tutti.facets/1';

const counts = <Value extends z.ZodType>(value: Value) =>
  z.array(z.strictObject({ value, tracks: z.int().positive() })).readonly();

/** What the tracks of a list have in common: `tutti list --facets --json`. */
export const facetsSchema = z.strictObject({
  schema: z.literal(FACETS_SCHEMA),
  tracks: z.int().min(0),
  genres: counts(z.string()),
  artists: counts(z.string()),
  keys: counts(z.string()).describe('Camelot codes'),
  tempos: counts(z.number()).describe('the lowest tempo of each band of 10 BPM'),
});
export type FacetsLine = z.infer<typeof facetsSchema>;
