import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { LibraryError, reasonOf } from '../errors.ts';
import { schemaVersion } from '../migrations/migrate.ts';
import { BACKUP_SCHEMA, type BackupHeader, END } from './backup-format.ts';
import { backupTables } from './tables.ts';

export interface WrittenBackup {
  readonly path: string;
  readonly version: number;
  readonly rows: number;
}

const ROWS_AT_ONCE = 500;

/**
 * Writes the whole library, as it is at one moment, into a file. It appears under its name when it is whole; what has the
 * name is replaced.
 * @throws LibraryError 'denied' when it cannot be written; 'cancelled'
 */
export async function writeBackup(database: Database, path: string, signal?: AbortSignal): Promise<WrittenBackup> {
  const part = `${path}.${process.pid}.part`;
  let version = 0;
  let rows = 0;
  try {
    await database.transaction(async (queries) => {
      await queries.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      version = await schemaVersion(queries);
      const lines = backupLines(queries, version, (count) => {
        rows = count;
      });
      // Level 1: analyses are numbers, which a higher one makes hardly smaller.
      await pipeline(Readable.from(lines), createGzip({ level: 1 }), createWriteStream(part), {
        ...(signal && { signal }),
      });
    });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (signal?.aborted) throw new LibraryError('cancelled', `the backup ${path} was cancelled`, { cause: error });
    if (error instanceof LibraryError) throw error;
    throw new LibraryError('denied', `${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
  return { path, version, rows };
}

async function* backupLines(
  queries: Queries,
  version: number,
  counted: (rows: number) => void,
): AsyncGenerator<string, void, undefined> {
  const header: BackupHeader = { schema: BACKUP_SCHEMA, version, madeAt: new Date().toISOString() };
  yield `${JSON.stringify(header)}\n`;
  const counts: Record<string, number> = {};
  for (const { name, columns } of await backupTables(queries)) {
    counts[name] = 0;
    await queries.run(
      `DECLARE backup NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS row FROM (SELECT ${columns.join(', ')} FROM ${name}) r`,
    );
    for (;;) {
      const rows = await queries.rows(z.object({ row: z.string() }), `FETCH ${ROWS_AT_ONCE} FROM backup`);
      if (rows.length === 0) break;
      counts[name] += rows.length;
      // No value holds a line break: JSON writes it as an escape, and stored JSON documents have none.
      yield rows.map(({ row }) => `${name} ${row}\n`).join('');
    }
    await queries.run('CLOSE backup');
  }
  counted(Object.values(counts).reduce((sum, count) => sum + count, 0));
  yield `${END} ${JSON.stringify({ rows: counts })}\n`;
}
