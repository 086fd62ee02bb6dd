import { z } from 'zod';
import { type Database, type Queries, SCHEMA } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { LibraryError } from '../errors.ts';
import type { Migration } from './read-migrations.ts';

/** Any number that no other program on a shared server is likely to lock by: "tutti" in ASCII, read as a number. */
const LOCK = 0x74_75_74_74_69;

const VERSION = `
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.schema_version (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

/** The version of the schema that is there; 0 when there is none. */
export async function schemaVersion(queries: Queries): Promise<number> {
  const [there] = await queries.rows(
    z.object({ there: z.boolean() }),
    `SELECT to_regclass('${SCHEMA}.schema_version') IS NOT NULL AS there`,
  );
  if (!there!.there) return 0;
  const [row] = await queries.rows(
    z.object({ version: wholeColumn }),
    `SELECT coalesce(max(version), 0)::integer AS version FROM ${SCHEMA}.schema_version`,
  );
  return row!.version;
}

/** @throws LibraryError 'unsupported' when the schema is newer than this program, with what to do */
export function refuseNewer(version: number, migrations: readonly Migration[], place: string): void {
  if (version <= migrations.length) return;
  throw new LibraryError(
    'unsupported',
    `the library in ${place} was written by a newer Tutti (schema ${version}; this one knows up to ${migrations.length}): ` +
      'install that version or a later one, or restore a backup that is older with `tutti restore FILE --force`',
  );
}

/**
 * Applies, within the transaction of `queries`, the migrations that a schema lacks. Whoever else wants to waits until the
 * transaction ends, and then finds nothing to do.
 * @param upTo the version to stop at
 */
export async function applyMigrations(
  queries: Queries,
  migrations: readonly Migration[],
  upTo = migrations.length,
): Promise<void> {
  await queries.run('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await queries.script(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}; ${VERSION}`);
  const from = await schemaVersion(queries);
  for (const { version, name, sql } of migrations.slice(from, upTo)) {
    try {
      await queries.script(sql);
    } catch (error) {
      throw new LibraryError('internal', `migration ${version} (${name}) failed, and nothing was changed`, {
        cause: error,
      });
    }
    await queries.run('INSERT INTO schema_version (version, name) VALUES ($1, $2)', [version, name]);
  }
}

/**
 * Brings the schema of a database up to this program, all or nothing.
 * @param beforeChange called when there is data that is going to be changed: the time for a backup. What it throws ends it
 * @throws LibraryError 'unsupported' when the schema is newer
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  beforeChange: (from: number, to: number) => Promise<void>,
): Promise<void> {
  const from = await schemaVersion(database);
  refuseNewer(from, migrations, database.place);
  if (from === migrations.length) return;
  if (from > 0) await beforeChange(from, migrations.length);
  await database.transaction((queries) => applyMigrations(queries, migrations));
}
