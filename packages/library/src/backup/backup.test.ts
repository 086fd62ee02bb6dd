import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, SCHEMA } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { applyMigrations } from '../migrations/migrate.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { allRows } from '../testing/all-rows.ts';
import { onBothEngines } from '../testing/engines.ts';
import { putRows } from '../testing/rows-of-version.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const migrations = await readMigrations();

/** More than are read or written at once. */
const MANY_ROOTS = `INSERT INTO root (path, path_shown, added_at)
  SELECT decode(lpad(to_hex(n), 8, '0'), 'hex'), 'root ' || n, now() FROM generate_series(10, 1300) n`;

async function fill(database: Database, version: number): Promise<Record<string, unknown[]>> {
  await database.script(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  await database.transaction(async (queries) => {
    await applyMigrations(queries, migrations, version);
    await putRows(queries, version);
    await queries.script(MANY_ROOTS);
  });
  return allRows(database);
}

onBothEngines((fresh, other) => {
  it('gives back every row, exactly, and goes on numbering behind them', async () => {
    const database = await fresh();
    const before = await fill(database, migrations.length);
    const rows = Object.values(before).flat().length;
    const path = at('whole.tutti-backup');
    expect(await writeBackup(database, path)).toEqual({ path, version: migrations.length, rows });
    await database.script(
      "DELETE FROM root WHERE id > 5; UPDATE sound SET seconds = 0; INSERT INTO genre (name) VALUES ('x')",
    );
    expect(await restoreBackup(database, path, migrations)).toMatchObject({ version: migrations.length, rows });
    expect(await allRows(database)).toEqual(before);
    const id = z.object({ id: wholeColumn });
    const [next] = await database.rows(id, "INSERT INTO genre (name) VALUES ('next') RETURNING id");
    expect(next).toEqual({ id: 2 });
  });

  it.each(migrations.map(({ version }) => version))('of version %i becomes a library of today', async (version) => {
    const database = await fresh();
    const before = await fill(database, version);
    const path = at(`version-${version}.tutti-backup`);
    await writeBackup(database, path);
    await fill(database, migrations.length);
    await restoreBackup(database, path, migrations);
    const after = await allRows(database);
    expect(after).toMatchObject(before);
    expect(Object.keys(after).length).toBeGreaterThanOrEqual(Object.keys(before).length);
  });

  it.skipIf(other === undefined)('goes from the other engine to this one', async () => {
    const there = await other!();
    const path = at('moving.tutti-backup');
    const before = await fill(there, migrations.length);
    await writeBackup(there, path);
    const database = await fresh();
    await restoreBackup(database, path, migrations);
    expect(await allRows(database)).toEqual(before);
  });

  describe('that is not right', () => {
    const whole = at('right.tutti-backup');
    let database: Database;
    let before: Record<string, unknown[]>;
    beforeEach(async () => {
      database = await fresh();
      before = await fill(database, migrations.length);
      await writeBackup(database, whole);
    });
    const text = () => gunzipSync(readFileSync(whole)).toString();

    it.each([
      ['cut off', () => readFileSync(whole).subarray(0, -40), 'corrupt', /damaged/],
      ['cut off between its lines', () => gzipSync(text().split('\n').slice(0, -2).join('\n')), 'corrupt', /damaged/],
      [
        'without some of its rows',
        () => gzipSync(text().replace(/^root .*"root 20".*\n/m, '')),
        'corrupt',
        /of root are in it/,
      ],
      ['with rows that break a rule', () => gzipSync(text().replace(/^root .*\n/m, '$&$&')), 'corrupt', /rows of root/],
      [
        'with an unknown table',
        () => gzipSync(text().replace(/^genre /m, 'pg_authid ')),
        'corrupt',
        /no table "pg_auth/,
      ],
      ['with broken rows', () => gzipSync(text().replace(/^genre .*/m, 'genre {')), 'corrupt', /rows of genre/],
      ['of a newer Tutti', () => gzipSync(text().replace(/"version":\d+/, '"version":99')), 'unsupported', /schema 99/],
      ['no backup', () => Buffer.from('hello'), 'corrupt', /is no backup of Tutti/],
      ['empty', () => Buffer.alloc(0), 'corrupt', /is no backup of Tutti/],
      ['something else, compressed', () => gzipSync('{}\n'), 'corrupt', /is no backup of Tutti/],
    ])('%s: says so and changes nothing', async (_, content, kind, message) => {
      const path = at('wrong.tutti-backup');
      writeFileSync(path, content());
      await expect(restoreBackup(database, path, migrations)).rejects.toMatchObject({
        kind,
        message: expect.stringMatching(message),
      });
      expect(await allRows(database)).toEqual(before);
    });

    it('is not there', async () => {
      await expect(restoreBackup(database, at('absent'), migrations)).rejects.toMatchObject({ kind: 'missing' });
    });
  });

  it('leaves no half file where it cannot be written or is cancelled', async () => {
    const database = await fresh();
    await fill(database, 1);
    const target = at('no/folder/x.tutti-backup');
    await expect(writeBackup(database, target)).rejects.toMatchObject({ kind: 'denied' });
    const cancelled = writeBackup(database, at('cancelled.tutti-backup'), AbortSignal.abort());
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
    expect(readdirSync(folder).filter((name) => /part|cancelled/.test(name))).toEqual([]);
  });
});
