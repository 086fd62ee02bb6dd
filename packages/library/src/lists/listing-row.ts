import { createHash } from 'node:crypto';
import { FIELD_NAMES, FIELDS, foldText, type TextField, WORD_FIELDS } from '@tutti/music/filter';
import { bitrateOf, bpmOf, camelotShown, foldedStart, nameOfFile, type TrackFacts } from './track-facts.ts';

/** Raised when rows are made otherwise than before: then all are made again. */
export const LISTING_RULES = 1;

/** Characters that lists know of a text, of what they sort by, and of a word. */
const LONGEST_TEXT = 2000;
const LONGEST_KEY = 100;
export const LONGEST_WORD = 100;

const TEXT_FIELDS = FIELD_NAMES.filter((name): name is TextField => FIELDS[name].kind === 'text');

/** A row of the table `listing`, under the names of its columns, but for the number of the change. */
export interface ListingRow extends Record<TextField, string> {
  readonly file_id: number;
  readonly digest: string;
  readonly sound_id: number | null;
  readonly title_key: string | null;
  readonly artist_key: string | null;
  readonly album_key: string | null;
  readonly genre_key: string | null;
  readonly path_key: string | null;
  readonly album_place: number | null;
  readonly key_place: number | null;
  readonly words: readonly string[];
  readonly genre_ids: readonly number[];
  readonly artist_ids: readonly number[];
  readonly camelot: string | null;
  readonly bpm: number | null;
  readonly energy: number | null;
  readonly loudness: number | null;
  readonly rating: number | null;
  readonly plays: number;
  readonly bitrate: number | null;
  readonly year: number | null;
  readonly length: number | null;
  readonly added: string;
  readonly played: string | null;
}

/**
 * A word as it stands among all words: of a field, or of those that are found without one. No word begins with a point, so that
 * what is looked for by its first letters is not found in the name of a field.
 */
export function markedWord(field: TextField | null, word: string): string {
  const start = word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join('');
  return field === null ? start : `.${field}.${start}`;
}

/** What lists find, sort and count a track by. */
export function listingRow(facts: TrackFacts): ListingRow {
  const title = facts.title ?? nameOfFile(facts.path);
  const names = (list: TrackFacts['artists']) => list.map(([, name]) => name);
  const known = (text: string | null) => (text === null ? [] : [text]);
  const texts: Record<TextField, readonly string[]> = {
    title: [title],
    artist: [...new Set([...known(facts.artist), ...names(facts.artists)])],
    albumartist: [
      ...new Set([...known(facts.albumArtist).filter((name) => name !== ''), ...names(facts.albumArtists)]),
    ],
    album: known(facts.album),
    genre: names(facts.genres),
    label: facts.labels,
    comment: known(facts.comment),
    path: [facts.path],
    format: [...known(facts.codec), ...known(facts.container)],
  };
  const folded = Object.fromEntries(
    TEXT_FIELDS.map((field) => [field, texts[field].map((text) => foldedStart(text, LONGEST_TEXT))]),
  ) as Record<TextField, string[]>;
  const camelot = camelotShown(facts);
  const row = {
    file_id: facts.id,
    sound_id: facts.sound,
    title_key: keyOf(facts.titleSort ?? title),
    artist_key: keyOf(facts.artistSort ?? facts.artist),
    album_key: keyOf(facts.album),
    genre_key: keyOf(facts.genres[0]?.[1] ?? null),
    path_key: keyOf(facts.path),
    album_place: facts.number === null ? null : (facts.disc ?? 1) * 65_536 + facts.number,
    key_place: camelot === null ? null : keyPlace(camelot),
    ...(Object.fromEntries(TEXT_FIELDS.map((field) => [field, linesOf(folded[field])])) as Record<TextField, string>),
    words: wordsOf(folded),
    genre_ids: facts.genres.map(([id]) => id),
    artist_ids: facts.artists.map(([id]) => id),
    camelot,
    bpm: bpmOf(facts),
    energy: facts.energy,
    loudness: facts.loudness,
    rating: facts.rating,
    plays: facts.plays,
    bitrate: bitrateOf(facts),
    year: facts.year,
    length: facts.seconds,
    added: facts.added.toISOString(),
    played: facts.played?.toISOString() ?? null,
  };
  const digest = createHash('sha256')
    .update(JSON.stringify([row, facts.heard]))
    .digest('base64')
    .slice(0, 22);
  return { ...row, digest };
}

/** Null, which comes last, for what has no letters or digits. */
function keyOf(text: string | null): string | null {
  return text === null ? null : foldedStart(text, LONGEST_KEY) || foldText(text) || null;
}

/** From 0 for 1A and 1 for 1B to 23 for 12B. */
function keyPlace(camelot: string): number {
  return 2 * (Number(camelot.slice(0, -1)) - 1) + (camelot.endsWith('B') ? 1 : 0);
}

/** Each text between spaces on a line of its own; nothing for none. */
function linesOf(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `\n${texts.map((text) => ` ${text} `).join('\n')}\n`;
}

function wordsOf(folded: Readonly<Record<TextField, readonly string[]>>): string[] {
  const words = new Set<string>();
  for (const field of TEXT_FIELDS) {
    for (const word of folded[field].flatMap((text) => text.split(' '))) {
      if (word === '') continue;
      words.add(markedWord(field, word));
      if (WORD_FIELDS.includes(field)) words.add(markedWord(null, word));
    }
  }
  return [...words];
}
