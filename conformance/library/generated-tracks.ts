// Rows of a large library, made quickly: what a scan of so many files would have left in the tables.
import type { Database } from '@tutti/library';

export const WIDTH = 64;
export const MODEL = 'generated';
const AT_ONCE = 5000;

/** Numbers from 0 to below 1, the same every time (Numerical Recipes' quick generator). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pseudoWords(random: () => number, count: number): string[] {
  const syllables = [...'bdfgklmnprstvz'].flatMap((consonant) => [...'aeiouäé'].map((vowel) => consonant + vowel));
  return Array.from({ length: count }, () =>
    Array.from(
      { length: 2 + Math.floor(3 * random()) },
      () => syllables[Math.floor(syllables.length * random())]!,
    ).join(''),
  );
}

/** Puts files, sounds, analyses, embeddings and tracks into an empty library. Common words, artists and genres are commoner than others. */
export async function putGeneratedTracks(library: Database, count: number): Promise<void> {
  const random = numbersFrom(1);
  const words = pseudoWords(random, 20_000);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(items.length * random() ** 2)]!;
  const name = (length: number) => Array.from({ length }, () => pick(words)).join(' ');
  const artists = Array.from({ length: Math.ceil(count / 12) }, (_, i) => `${name(1 + (i % 2))} ${i}`);
  const albums = Array.from({ length: Math.ceil(count / 10) }, (_, i) => ({
    title: name(2),
    artist: `${pick(artists)}`,
    i,
  }));
  const genres = Array.from({ length: 60 }, () => name(1 + Math.floor(1.5 * random())));
  await library.run("INSERT INTO root (path, path_shown, added_at) VALUES ('/m', '/m', now())");
  const named = (table: string, names: readonly string[]) =>
    library.run(
      `INSERT INTO ${table} (name) SELECT DISTINCT value FROM json_array_elements_text($1::json) ON CONFLICT DO NOTHING`,
      [JSON.stringify(names)],
    );
  await named('artist', artists);
  await named('genre', genres);
  await library.run(
    `INSERT INTO album (title, artist) SELECT DISTINCT title, artist FROM json_to_recordset($1::json) AS r(title text, artist text)`,
    [JSON.stringify(albums)],
  );
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => {
      const album = pick(albums);
      const artist = random() < 0.8 ? album.artist : pick(artists);
      const title = name(1 + Math.floor(3 * random()));
      const id = from + i + 1;
      return {
        ...{
          id,
          title,
          artist,
          album: album.title,
          albumArtist: album.artist,
          path: `/m/${artist}/${album.title}/${title}.${id}.flac`,
        },
        ...{ genres: [...new Set([pick(genres), ...(random() < 0.3 ? [pick(genres)] : [])])], number: 1 + (i % 15) },
        ...{ year: random() < 0.1 ? null : 1960 + Math.floor(66 * random()), seconds: 90 + 400 * random() },
        ...{ size: 5e6 + Math.floor(3e7 * random()), added: new Date(1.7e12 + Math.floor(6e10 * random())) },
        ...{ bpm: random() < 0.05 ? null : 70 + 110 * random(), energy: 1 + Math.floor(100 * random()) / 11 },
        ...{ camelot: `${1 + Math.floor(12 * random())}${random() < 0.6 ? 'A' : 'B'}`, loudness: -18 + 12 * random() },
        ...{ rating: random() < 0.8 ? null : Math.floor(6 * random()) },
        vector: vectorOf(random),
      };
    });
    await putRows(library, JSON.stringify(rows));
  }
}

/** In one of forty clouds. */
function vectorOf(random: () => number): string {
  const cloud = numbersFrom(1000 + Math.floor(40 * random()));
  const bytes = Buffer.alloc(4 * WIDTH);
  for (let i = 0; i < WIDTH; i++) bytes.writeFloatLE(2 * cloud() - 1 + 0.7 * (random() + random() - 1), 4 * i);
  return bytes.toString('hex');
}

const ROWS = `json_to_recordset($1::json) AS r(id bigint, title text, artist text, album text, "albumArtist" text, path text,
  genres json, number smallint, year smallint, seconds float8, size bigint, added timestamptz, bpm float8, energy real,
  camelot text, loudness real, rating smallint, vector text)`;

async function putRows(library: Database, rows: string): Promise<void> {
  await library.transaction(async (queries) => {
    for (const sql of [
      `INSERT INTO sound (id, audio_hash, sample_rate, channels, seconds) OVERRIDING SYSTEM VALUE
       SELECT r.id, sha256(r.id::text::bytea), 44100, 2, r.seconds FROM ${ROWS}`,
      `INSERT INTO file (id, root_id, path, path_shown, size, modified_us, added_at, tags_revision, sound_revision, sound_id, container, codec, lossless)
       OVERRIDING SYSTEM VALUE
       SELECT r.id, 1, convert_to(r.path, 'UTF8'), r.path, r.size, 0, r.added, 1, 1, r.id, 'FLAC', 'FLAC', true FROM ${ROWS}`,
      `INSERT INTO track (file_id, title, artist, album_id, number, year)
       SELECT r.id, r.title, r.artist, a.id, r.number, r.year FROM ${ROWS} JOIN album a ON a.title = r.album AND a.artist = r."albumArtist"`,
      `INSERT INTO track_artist (file_id, role, position, artist_id)
       SELECT r.id, 'artist', 0, a.id FROM ${ROWS} JOIN artist a ON a.name = r.artist`,
      `INSERT INTO track_genre (file_id, position, genre_id)
       SELECT r.id, n.position, g.id FROM ${ROWS}, json_array_elements_text(r.genres) WITH ORDINALITY AS n(name, position) JOIN genre g ON g.name = n.name`,
      `INSERT INTO analysis (sound_id, analyser, kernels, analysed_at, bpm, energy, camelot, integrated_lufs, line)
       SELECT r.id, 'generated', '1', '2026-01-01Z', r.bpm, r.energy, r.camelot, r.loudness, '{}' FROM ${ROWS}`,
      `INSERT INTO embedding (sound_id, model, vector) SELECT r.id, '${MODEL}', decode(r.vector, 'hex') FROM ${ROWS}`,
      `INSERT INTO rating (file_id, stars, rated_at) SELECT r.id, r.rating, now() FROM ${ROWS} WHERE r.rating IS NOT NULL`,
    ]) {
      await queries.run(sql, [rows]);
    }
  });
}
