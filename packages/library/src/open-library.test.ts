import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBackup } from './backup/write-backup.ts';
import { openEmbedded } from './database/embedded.ts';
import { applyMigrations, schemaVersion } from './migrations/migrate.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { openLibrary, restoreLibrary } from './open-library.ts';
import { allRows } from './testing/all-rows.ts';
import { putEmbeddedFolder } from './testing/embedded-folder.ts';
import { putRows } from './testing/rows-of-version.ts';

// One folder, used by one test after another as a person would use it.
const folder = mkdtempSync(join(tmpdir(), 'tutti-library-'));
const backups = join(folder, 'backups');
const data = join(folder, 'library/database');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const migrations = await readMigrations();
const newest = migrations.length;
let before: Record<string, unknown[]>;

beforeAll(async () => {
  await putEmbeddedFolder(data);
  const database = await openEmbedded(data);
  await database.transaction(async (queries) => {
    await applyMigrations(queries, migrations, 1);
    await putRows(queries, 1);
  });
  before = await allRows(database);
  await database.close();
});

it('an older library is backed up, said so, and brought up to this program', async () => {
  const said: string[] = [];
  const library = await openLibrary({ folder, say: (what) => said.push(what) });
  expect(await schemaVersion(library)).toBe(newest);
  expect(await allRows(library)).toMatchObject(before);
  await library.close();
  expect(said.join('\n')).toMatch(/from schema 1 to \d+; it is backed up first\nbacked up to .*before-schema/);
  expect(readdirSync(backups)).toHaveLength(1);
});

it('opened again it is as it was, and needs no backup', async () => {
  const library = await openLibrary({ folder });
  expect(await allRows(library)).toMatchObject(before);
  await writeBackup(library, join(folder, 'mine.tutti-backup'));
  await library.run('DELETE FROM file');
  await library.close();
  expect(readdirSync(backups)).toHaveLength(1);
});

it('a backup replaces what is there only when told to, and that is backed up', async () => {
  const path = join(folder, 'mine.tutti-backup');
  await expect(restoreLibrary(path, false, { folder })).rejects.toMatchObject({ kind: 'denied' });
  const { previous, version } = await restoreLibrary(path, true, { folder });
  expect(version).toBe(newest);
  expect(previous).toMatch(/before-restore-/);
  const library = await openLibrary({ folder });
  expect(await allRows(library)).toMatchObject(before);
  await library.close();
});

it('one of a newer Tutti is refused and can be put back to an older backup', async () => {
  const database = await openEmbedded(data);
  await database.run(`INSERT INTO schema_version (version, name) VALUES (${newest + 1}, 'from the future')`);
  await database.close();
  await expect(openLibrary({ folder })).rejects.toMatchObject({ kind: 'unsupported' });
  const { previous } = await restoreLibrary(join(folder, 'mine.tutti-backup'), true, { folder });
  expect(previous).not.toBeNull();
  await (await openLibrary({ folder })).close();
});

it('keeps the ten newest of the backups that it made by itself, and all others', async () => {
  for (let second = 10; second < 30; second++) {
    writeFileSync(join(backups, `before-schema-2-2020-01-01T0000${second}-000Z.tutti-backup`), '');
  }
  writeFileSync(join(backups, 'by-hand.tutti-backup'), '');
  await restoreLibrary(join(folder, 'mine.tutti-backup'), true, { folder });
  const kept = readdirSync(backups);
  expect(kept).toHaveLength(11);
  expect(kept).toContain('by-hand.tutti-backup');
  expect(kept.filter((name) => name.includes('before-restore'))).toHaveLength(3);
});

it('of which only accounts are known is not replaced without being asked', async () => {
  const elsewhere = join(folder, 'accounts');
  await putEmbeddedFolder(join(elsewhere, 'library/database'));
  const library = await openLibrary({ folder: elsewhere });
  await library.run(
    `INSERT INTO person (id, name, email, email_verified, role, created_at, updated_at)
       VALUES ('p', 'Ada', 'ada@example.org', false, 'owner', now(), now())`,
  );
  await library.close();
  const path = join(folder, 'mine.tutti-backup');
  await expect(restoreLibrary(path, false, { folder: elsewhere })).rejects.toMatchObject({ kind: 'denied' });
});

it('a folder where no backup can be made is not migrated', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await putEmbeddedFolder(join(elsewhere, 'library/database'));
  const database = await openEmbedded(join(elsewhere, 'library/database'));
  await database.transaction((queries) => applyMigrations(queries, migrations, 1));
  await database.close();
  writeFileSync(join(elsewhere, 'backups'), 'no folder');
  await expect(openLibrary({ folder: elsewhere })).rejects.toThrow(/so nothing was changed/);
});

it('making a library that was interrupted begins again', { timeout: 120_000 }, async () => {
  const begun = join(folder, 'begun');
  mkdirSync(join(begun, 'library/database.new/base'), { recursive: true });
  const said: string[] = [];
  const library = await openLibrary({ folder: begun, say: (what) => said.push(what) });
  expect(await schemaVersion(library)).toBe(newest);
  await library.close();
  expect(said).toEqual([expect.stringContaining('making a new library')]);
});
