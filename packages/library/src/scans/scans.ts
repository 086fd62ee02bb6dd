import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { FAILED_FILE } from './failures.ts';

/** What a scan found, and how the library stands after it. */
export interface ScanCounts {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly unchanged: number;
  /** Were there once, in a root that is there. */
  readonly missing: number;
  /** In roots that are away. */
  readonly offline: number;
  /** Files and places of which a step failed. */
  readonly failed: number;
  /** Files whose sound has an analysis of this version. */
  readonly analysed: number;
}

/** Begins a scan, or goes on with the one that was not brought to its end: what that one found counts. */
export async function beginScan(queries: Queries): Promise<{ readonly id: number; readonly resumed: boolean }> {
  const row = z.object({ id: wholeColumn });
  const [open] = await queries.rows(row, 'SELECT id FROM scan WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1');
  if (open) return { id: open.id, resumed: true };
  const [begun] = await queries.rows(row, 'INSERT INTO scan (started_at) VALUES (now()) RETURNING id');
  return { id: begun!.id, resumed: false };
}

const countsRow = z.object({
  added: wholeColumn,
  changed: wholeColumn,
  moved: wholeColumn,
  unchanged: wholeColumn,
  missing: wholeColumn,
  offline: wholeColumn,
  failed: wholeColumn,
  analysed: wholeColumn,
});

/** @param analyser version whose analyses count */
export async function countScan(queries: Queries, scan: number, analyser: string): Promise<ScanCounts> {
  const [counts] = await queries.rows(
    countsRow,
    `WITH seen AS (
       SELECT f.id, f.missing_since IS NOT NULL AS missing, r.offline_since IS NOT NULL AS offline, f.sound_id,
         CASE WHEN f.scan_id = $1 THEN f.change END AS change
       FROM file f JOIN root r ON r.id = f.root_id)
     SELECT count(*) FILTER (WHERE NOT missing AND NOT offline AND change = 'added') AS added,
       count(*) FILTER (WHERE NOT missing AND NOT offline AND change = 'changed') AS changed,
       count(*) FILTER (WHERE NOT missing AND NOT offline AND change = 'moved') AS moved,
       count(*) FILTER (WHERE NOT missing AND NOT offline AND change IS NULL) AS unchanged,
       count(*) FILTER (WHERE missing AND NOT offline) AS missing,
       count(*) FILTER (WHERE offline) AS offline,
       (SELECT count(DISTINCT (${FAILED_FILE}, x.root_id, x.place)) FROM failure x LEFT JOIN file f ON f.id = x.file_id
         WHERE f.missing_since IS NULL) AS failed,
       count(*) FILTER (WHERE NOT missing AND NOT offline AND sound_id IN
         (SELECT sound_id FROM analysis WHERE analyser = $2)) AS analysed
     FROM seen`,
    [scan, analyser],
  );
  return counts!;
}

export async function endScan(queries: Queries, scan: number, counts: ScanCounts): Promise<void> {
  await queries.run('UPDATE scan SET ended_at = now(), counts = $2::json WHERE id = $1', [
    scan,
    JSON.stringify(counts),
  ]);
}
