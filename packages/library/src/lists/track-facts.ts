import { foldText } from '@tutti/music/filter';
import { camelotOf, parseKey } from '@tutti/music/theory';
import { z } from 'zod';
import { timeColumn, wholeColumn } from '../database/values.ts';

const named = z.tuple([z.int(), z.string()]);

/** What the tables of the library say of a file that lists need. */
export const factsRow = z.object({
  id: wholeColumn,
  path: z.string(),
  size: wholeColumn,
  container: z.string().nullable(),
  codec: z.string().nullable(),
  added: timeColumn,
  sound: wholeColumn.nullable(),
  seconds: z.number().nullable(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  titleSort: z.string().nullable(),
  artistSort: z.string().nullable(),
  disc: z.int().nullable(),
  number: z.int().nullable(),
  year: z.int().nullable(),
  comment: z.string().nullable(),
  taggedBpm: z.number().nullable(),
  taggedKey: z.string().nullable(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  artists: z.array(named),
  albumArtists: z.array(named),
  genres: z.array(named),
  labels: z.array(z.string()),
  bpm: z.number().nullable(),
  camelot: z.string().nullable(),
  energy: z.number().nullable(),
  loudness: z.number().nullable(),
  /** Changes when there is another embedding. */
  heard: z.string().nullable(),
  rating: z.int().nullable(),
  plays: wholeColumn,
  played: timeColumn.nullable(),
});
export type TrackFacts = z.infer<typeof factsRow>;

/**
 * The facts of files, as SQL; `$1` is a JSON list of their numbers. Numbers of four bytes are read by their shortest decimals: 6.3 is
 * not 6.300000190734863. Of several analyses the latest counts.
 */
export const FACTS = `
  SELECT f.id, f.path_shown AS path, f.size, f.container, f.codec, f.added_at AS added, f.sound_id AS sound, s.seconds,
    t.title, t.artist, t.title_sort AS "titleSort", t.artist_sort AS "artistSort", t.disc, t.number, t.year, t.comment,
    t.tagged_bpm AS "taggedBpm", t.tagged_key AS "taggedKey", al.title AS album, al.artist AS "albumArtist",
    coalesce((SELECT json_agg(json_build_array(n.id, n.name) ORDER BY ta.position) FROM track_artist ta
      JOIN artist n ON n.id = ta.artist_id WHERE ta.file_id = f.id AND ta.role = 'artist'), '[]') AS artists,
    coalesce((SELECT json_agg(json_build_array(n.id, n.name) ORDER BY ta.position) FROM track_artist ta
      JOIN artist n ON n.id = ta.artist_id WHERE ta.file_id = f.id AND ta.role = 'album-artist'), '[]') AS "albumArtists",
    coalesce((SELECT json_agg(json_build_array(g.id, g.name) ORDER BY tg.position) FROM track_genre tg
      JOIN genre g ON g.id = tg.genre_id WHERE tg.file_id = f.id), '[]') AS genres,
    coalesce((SELECT c.fields->'label' FROM claim c WHERE c.file_id = f.id AND c.source = 'file'), '[]') AS labels,
    a.bpm, a.camelot, a.energy, a.loudness, a.heard, r.stars AS rating,
    (SELECT count(*) FROM play p WHERE p.file_id = f.id) AS plays,
    (SELECT max(p.played_at) FROM play p WHERE p.file_id = f.id) AS played
  FROM file f
  LEFT JOIN sound s ON s.id = f.sound_id
  LEFT JOIN track t ON t.file_id = f.id
  LEFT JOIN album al ON al.id = t.album_id
  LEFT JOIN rating r ON r.file_id = f.id
  LEFT JOIN LATERAL (
    SELECT x.bpm, x.camelot, x.energy::text::float8 AS energy, x.integrated_lufs::text::float8 AS loudness,
      x.analyser || ' ' || x.analysed_at::text AS heard
    FROM analysis x WHERE x.sound_id = f.sound_id ORDER BY x.analysed_at DESC, x.analyser DESC LIMIT 1) a ON true
  WHERE f.missing_since IS NULL AND f.id IN (SELECT value::bigint FROM json_array_elements_text($1::json))`;

/** What a list calls a track that has no title: its file, without folders and ending. */
export function nameOfFile(path: string): string {
  const name = path.replace(/^.*[/\\]/s, '');
  return name.replace(/(?<=.)\.[^.]+$/s, '') || name;
}

/** The tempo that lists show: what was heard, else what the tags say. */
export function bpmOf({ bpm, taggedBpm }: Pick<TrackFacts, 'bpm' | 'taggedBpm'>): number | null {
  return bpm ?? (taggedBpm !== null && taggedBpm > 0 ? taggedBpm : null);
}

/** The key that lists show, in the notation of Camelot: what was heard, else what the tags say. */
export function camelotShown({ camelot, taggedKey }: Pick<TrackFacts, 'camelot' | 'taggedKey'>): string | null {
  if (camelot !== null || taggedKey === null) return camelot;
  const key = parseKey(taggedKey);
  return key === undefined ? null : camelotOf(key);
}

/** Thousands of bits in a second of the file, with all that is in it. */
export function bitrateOf({ size, seconds }: Pick<TrackFacts, 'size' | 'seconds'>): number | null {
  return seconds !== null && seconds > 0 ? Math.round((size * 8) / seconds / 1000) : null;
}

/** The first characters of a folded text: what lists know of it. */
export function foldedStart(text: string, characters: number): string {
  const folded = foldText(text);
  return folded.length <= characters ? folded : [...folded].slice(0, characters).join('').trim();
}
