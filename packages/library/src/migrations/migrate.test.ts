import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { allRows } from '../testing/all-rows.ts';
import { onBothEngines } from '../testing/engines.ts';
import { putRows, ROWS_OF_VERSION } from '../testing/rows-of-version.ts';
import { applyMigrations, migrate, schemaVersion } from './migrate.ts';
import { readMigrations } from './read-migrations.ts';

const migrations = await readMigrations();
const nothing = async () => {};

/** The first digits of the SHA-256 of each. */
const DIGESTS = [
  '8eeb05b805c6a2c6',
  '0798880572020be0',
  '00bc1750de8affb9',
  'e0a9130bebba330f',
  '0a4eca79c624be5d',
  '9a41174785b1f3e8',
  '7cf38b6fae637e21',
  'ef597809ae34bce7',
];

/** Columns and indexes of every table. */
function shape(database: Database) {
  return database.rows(
    z.object({ what: z.string() }),
    `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS what
       FROM information_schema.columns WHERE table_schema = 'tutti'
     UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'tutti' ORDER BY 1`,
  );
}

describe('the migrations', () => {
  it('that were in use stay as they are: databases out there have had them', () => {
    const digests = migrations.map(({ sql }) => createHash('sha256').update(sql).digest('hex').slice(0, 16));
    expect(digests).toEqual(DIGESTS);
  });

  it('have rows of each version to be tested with', () => {
    expect(ROWS_OF_VERSION).toHaveLength(migrations.length);
  });
});

onBothEngines((fresh) => {
  async function atVersion(version: number): Promise<Database> {
    const database = await fresh();
    await database.transaction((queries) => applyMigrations(queries, migrations, version));
    return database;
  }

  it('make a schema out of nothing, without a backup, and do nothing a second time', async () => {
    const database = await fresh();
    const asked: number[] = [];
    const ask = async (from: number) => {
      asked.push(from);
    };
    await migrate(database, migrations, ask);
    await migrate(database, migrations, ask);
    expect(asked).toEqual([]);
    expect(await schemaVersion(database)).toBe(migrations.length);
  });

  it.each(migrations.map(({ version }) => version))('bring data of version %i up to today', async (version) => {
    const database = await atVersion(version);
    await putRows(database, version);
    const before = await allRows(database);
    for (const rows of Object.values(before)) expect(rows).not.toEqual([]);
    const steps: [number, number][] = [];
    await migrate(database, migrations, async (from, to) => {
      steps.push([from, to]);
    });
    expect(steps).toEqual(version === migrations.length ? [] : [[version, migrations.length]]);
    // Columns may have come to it.
    expect(await allRows(database)).toMatchObject(before);
    const grown = await shape(database);
    expect(grown).toEqual(await shape(await atVersion(migrations.length)));
  });

  it('change nothing when the backup before them fails', async () => {
    const database = await atVersion(1);
    const failing = migrate(database, migrations, () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
    expect(await schemaVersion(database)).toBe(1);
  });

  it('change nothing when one of them fails', async () => {
    const database = await atVersion(1);
    const broken = [
      migrations[0]!,
      { version: 2, name: 'good', sql: 'CREATE TABLE good (id int)' },
      { version: 3, name: 'bad', sql: 'CREATE TABLE bad (id nonsense)' },
    ];
    await expect(migrate(database, broken, nothing)).rejects.toThrow(/migration 3 \(bad\) failed/);
    expect(await schemaVersion(database)).toBe(1);
    const [found] = await database.rows(z.object({ good: z.null() }), "SELECT to_regclass('tutti.good')::text AS good");
    expect(found).toEqual({ good: null });
  });

  it('refuse what is newer, and say what to do', async () => {
    const database = await atVersion(migrations.length);
    const older = migrations.slice(0, 1);
    await expect(migrate(database, older, nothing)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringMatching(/newer Tutti \(schema \d+; this one knows up to 1\): install .* or restore/),
    });
  });

  it('wait for each other', async () => {
    const database = await fresh();
    await Promise.all([1, 2, 3].map(() => migrate(database, migrations, nothing)));
    const counted = await database.rows(
      z.object({ count: wholeColumn }),
      'SELECT count(*) AS count FROM schema_version',
    );
    expect(counted).toEqual([{ count: migrations.length }]);
  });
});
