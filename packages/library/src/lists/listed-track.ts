import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { timeColumn, wholeColumn } from '../database/values.ts';
import { bitrateOf, bpmOf, camelotShown, FACTS, factsRow, nameOfFile, type TrackFacts } from './track-facts.ts';

/** A track as lists show it. */
export interface ListedTrack {
  /** The number of its file. */
  readonly id: number;
  readonly path: string;
  /** In a folder that is away. */
  readonly offline: boolean;
  /** 64 hexadecimal digits; null before the sound was read. */
  readonly audioHash: string | null;
  /** Where the tags have none, the name of the file. */
  readonly title: string;
  readonly artist: string | null;
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly disc: number | null;
  readonly number: number | null;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly seconds: number | null;
  readonly bpm: number | null;
  readonly camelot: string | null;
  readonly energy: number | null;
  readonly loudness: number | null;
  readonly rating: number | null;
  readonly plays: number;
  readonly added: Date;
  readonly played: Date | null;
  readonly container: string | null;
  readonly codec: string | null;
  readonly lossless: boolean | null;
  readonly bitrate: number | null;
}

const placeRow = z.object({
  id: wholeColumn,
  offline: timeColumn.nullable(),
  hash: z.string().nullable(),
  lossless: z.boolean().nullable(),
});

/** Tracks by the numbers of their files, in that order; those that are not there are left out. */
export async function listedTracks(queries: Queries, files: readonly number[]): Promise<ListedTrack[]> {
  if (files.length === 0) return [];
  const ids = JSON.stringify(files);
  const facts = new Map((await queries.rows(factsRow, FACTS, [ids])).map((row) => [row.id, row]));
  const places = await queries.rows(
    placeRow,
    `SELECT f.id, r.offline_since AS offline, encode(s.audio_hash, 'hex') AS hash, f.lossless
     FROM file f JOIN root r ON r.id = f.root_id LEFT JOIN sound s ON s.id = f.sound_id
     WHERE f.id IN (SELECT value::bigint FROM json_array_elements_text($1::json))`,
    [ids],
  );
  const byFile = new Map(places.map((place) => [place.id, place]));
  return files.flatMap((file) => {
    const [known, place] = [facts.get(file), byFile.get(file)];
    return known && place ? [listedTrack(known, place)] : [];
  });
}

function listedTrack(facts: TrackFacts, { offline, hash, lossless }: z.infer<typeof placeRow>): ListedTrack {
  const { id, path, artist, album, disc, number, year, seconds, energy, loudness, rating, plays } = facts;
  return {
    ...{ id, path, offline: offline !== null, audioHash: hash, title: facts.title ?? nameOfFile(path), artist },
    ...{
      artists: facts.artists.map(([, name]) => name),
      album,
      albumArtist: facts.albumArtist || null,
      disc,
      number,
      year,
    },
    ...{ genres: facts.genres.map(([, name]) => name), seconds, bpm: bpmOf(facts), camelot: camelotShown(facts) },
    ...{ energy, loudness, rating, plays, added: facts.added, played: facts.played },
    ...{ container: facts.container, codec: facts.codec, lossless, bitrate: bitrateOf(facts) },
  };
}
