import type { Filter } from '@tutti/music/filter';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { timeColumn, wholeColumn } from '../database/values.ts';
import { type Asked, filterSql } from './filter-sql.ts';
import { type ListedTrack, listedTracks } from './listed-track.ts';
import { type ListPart, orderSql, type PagePlace, partSql, readCursor, writtenCursor } from './page-cursor.ts';
import { Parameters } from './parameters.ts';
import { refreshLists } from './refresh-lists.ts';
import { columnOf, type SortKey, USUAL_SORT } from './sorts.ts';

export interface ListRequest extends Asked {
  readonly filter: Filter;
  readonly sort?: readonly SortKey[] | undefined;
  /** Tracks on a page, 1 to 1000. */
  readonly limit: number;
  /** Where the page before ended, as it said. */
  readonly after?: string | undefined;
}

/** A part of a list. */
export interface TrackPage {
  readonly tracks: readonly ListedTrack[];
  /** What the next page begins with; null where this is the last one. */
  readonly next: string | null;
}

/**
 * The tracks that a filter means, in an order, page by page. A page begins right after the place where the one before ended,
 * whatever came or went meanwhile.
 * @throws LibraryError 'unsupported' for a cursor of another list
 */
export async function listTracks(database: Database, request: ListRequest): Promise<TrackPage> {
  const { sort = USUAL_SORT, limit, after } = request;
  const place = after === undefined ? undefined : readCursor(sort, after);
  await refreshLists(database);
  const found = await placesOf(database, request, sort, place, limit + 1);
  const tracks = await listedTracks(
    database,
    found.slice(0, limit).map(({ file }) => file),
  );
  return { tracks, next: found.length > limit ? writtenCursor(sort, found[limit - 1]!) : null };
}

async function placesOf(
  queries: Queries,
  request: ListRequest,
  sort: readonly SortKey[],
  place: PagePlace | undefined,
  most: number,
): Promise<PagePlace[]> {
  const found: PagePlace[] = [];
  const parts: readonly ListPart[] = place && (place.values[0] ?? null) === null ? ['unknown'] : ['known', 'unknown'];
  for (const part of parts) {
    if (found.length >= most) break;
    found.push(...(await placesOfPart(queries, request, sort, part, place, most - found.length)));
  }
  return found;
}

async function placesOfPart(
  queries: Queries,
  { filter, now, timeZone }: ListRequest,
  sort: readonly SortKey[],
  part: ListPart,
  place: PagePlace | undefined,
  most: number,
): Promise<PagePlace[]> {
  const parameters = new Parameters();
  const meant = filterSql(filter, { now, timeZone }, parameters);
  const after = partSql(sort, part, place, parameters);
  const columns = sort.map(({ by }, i) => `${columnOf(by).column} AS k${i}`);
  const rows = await queries.rows(
    placeRow,
    `SELECT file_id, ${columns.join(', ')} FROM listing WHERE ${meant} AND ${after}
     ORDER BY ${orderSql(sort, part)} LIMIT ${parameters.of(most)}`,
    parameters.values,
  );
  return rows.map(({ file_id, ...row }) => ({ file: file_id, values: sort.map((_, i) => keyValue(row[`k${i}`])) }));
}

const placeRow = z.object({ file_id: wholeColumn }).catchall(z.union([z.string(), z.number(), timeColumn, z.null()]));

function keyValue(value: string | number | Date | null | undefined): string | number | null {
  return value instanceof Date ? value.toISOString() : (value ?? null);
}

/** How many tracks a filter means. */
export async function countTracks(database: Database, filter: Filter, asked: Asked): Promise<number> {
  await refreshLists(database);
  const parameters = new Parameters();
  const [row] = await database.rows(
    z.object({ count: wholeColumn }),
    `SELECT count(*) AS count FROM listing WHERE ${filterSql(filter, asked, parameters)}`,
    parameters.values,
  );
  return row!.count;
}
