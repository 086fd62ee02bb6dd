import type { Filter } from '@tutti/music/filter';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { type Asked, filterSql } from './filter-sql.ts';
import { Parameters } from './parameters.ts';
import { refreshLists } from './refresh-lists.ts';

/** A value that tracks have, and how many of them. */
export interface FacetCount<Value> {
  readonly value: Value;
  readonly tracks: number;
}

/** What the tracks that a filter means have in common: the commonest values first, tempos and keys in their order. */
export interface Facets {
  readonly tracks: number;
  readonly genres: readonly FacetCount<string>[];
  readonly artists: readonly FacetCount<string>[];
  /** Camelot codes. */
  readonly keys: readonly FacetCount<string>[];
  /** The lowest tempo of each band of 10 BPM. */
  readonly tempos: readonly FacetCount<number>[];
}

/** Genres and artists that are named. */
const MOST_NAMED = 50;
const TEMPO_BAND = 10;
/** Answers that are remembered. */
const MOST_REMEMBERED = 200;

const facetRow = z.object({
  facet: z.enum(['all', 'genre', 'artist', 'key', 'tempo']),
  value: z.string().nullable(),
  tracks: wholeColumn,
});

interface Remembered {
  change: number;
  readonly facets: Map<string, Facets>;
}
const remembered = new WeakMap<Database, Remembered>();

/**
 * What the tracks that a filter means have in common. An answer is remembered until the lists change; so is one that holds an age
 * or a day for a minute at most.
 */
export async function facetsOf(database: Database, filter: Filter, asked: Asked): Promise<Facets> {
  const { change } = await refreshLists(database);
  let memory = remembered.get(database);
  if (memory?.change !== change) {
    memory = { change, facets: new Map() };
    remembered.set(database, memory);
  }
  const minute = Math.floor(asked.now.getTime() / 60_000);
  const key = JSON.stringify([filter, ...(dependsOnTime(filter) ? [minute, asked.timeZone] : [])]);
  const known = memory.facets.get(key);
  if (known) return known;
  const facets = await countFacets(database, filter, asked);
  if (memory.facets.size >= MOST_REMEMBERED) memory.facets.delete(memory.facets.keys().next().value!);
  memory.facets.set(key, facets);
  return facets;
}

function dependsOnTime(filter: Filter): boolean {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.some(dependsOnTime);
    case 'not':
      return dependsOnTime(filter.of);
    default:
      return filter.kind === 'age' || filter.kind === 'date';
  }
}

async function countFacets(database: Database, filter: Filter, asked: Asked): Promise<Facets> {
  const parameters = new Parameters();
  const meant = filterSql(filter, asked, parameters);
  const named = (facet: string, table: string, column: string) => `
    (SELECT '${facet}', n.name, c.tracks FROM (
       SELECT id, count(*) AS tracks FROM (SELECT unnest(${column}) AS id FROM meant) m GROUP BY id
       ORDER BY tracks DESC, id LIMIT ${MOST_NAMED}) c JOIN ${table} n ON n.id = c.id
     ORDER BY c.tracks DESC, c.id)`;
  const rows = await database.rows(
    facetRow,
    `WITH meant AS MATERIALIZED (
       SELECT genre_ids, artist_ids, camelot, key_place, floor(bpm / ${TEMPO_BAND})::integer AS band
       FROM listing WHERE ${meant})
     SELECT 'all' AS facet, NULL AS value, count(*) AS tracks FROM meant
     UNION ALL ${named('genre', 'genre', 'genre_ids')}
     UNION ALL ${named('artist', 'artist', 'artist_ids')}
     UNION ALL (SELECT 'key', camelot, count(*) FROM meant WHERE camelot IS NOT NULL GROUP BY camelot, key_place ORDER BY key_place)
     UNION ALL (SELECT 'tempo', (band * ${TEMPO_BAND})::text, count(*) FROM meant WHERE band IS NOT NULL GROUP BY band ORDER BY band)`,
    parameters.values,
  );
  const of = (facet: string) =>
    rows.flatMap((row) => (row.facet === facet ? [{ value: row.value ?? '', tracks: row.tracks }] : []));
  return {
    tracks: of('all')[0]!.tracks,
    genres: of('genre'),
    artists: of('artist'),
    keys: of('key'),
    tempos: of('tempo').map(({ value, tracks }) => ({ value: Number(value), tracks })),
  };
}
