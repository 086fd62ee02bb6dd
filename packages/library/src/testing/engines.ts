import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { type Database, SCHEMA } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { openServer } from '../database/server.ts';
import { applyMigrations } from '../migrations/migrate.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { putEmbeddedFolder } from './embedded-folder.ts';
import { type ServerForTests, serverForTests } from './postgres-server.ts';

/** Empties the database of an engine, and hands it out. */
export type Fresh = () => Promise<Database>;

let server: ServerForTests | undefined;
try {
  server = await serverForTests();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`these tests did not run against a server of PostgreSQL: ${reason}\n`);
}
const folder = mkdtempSync(join(tmpdir(), 'tutti-engines-'));

/** Opened when it is first asked for: not every test needs both. */
function once(open: () => Promise<Database>): { readonly fresh: Fresh; readonly close: () => Promise<void> } {
  let opened: Promise<Database> | undefined;
  return {
    async fresh() {
      opened ??= open();
      const database = await opened;
      await database.script(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
      return database;
    },
    close: async () => (await opened)?.close(),
  };
}

const embedded = once(async () => {
  const data = join(folder, 'database');
  await putEmbeddedFolder(data);
  return openEmbedded(data);
});
const onServer = once(() => openServer(server!.url));

afterAll(async () => {
  await embedded.close();
  await onServer.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The library of an engine, with its tables and nothing in them. */
export async function emptyLibrary(fresh: Fresh): Promise<Database> {
  const database = await fresh();
  const migrations = await readMigrations();
  await database.transaction((queries) => applyMigrations(queries, migrations));
  return database;
}

/**
 * Runs the same tests against both engines: the one in the process, and a server where one can be had.
 * @param tests is given the database of the engine, and that of the other one; there is no other without a server
 */
export function onBothEngines(tests: (fresh: Fresh, other: Fresh | undefined) => void): void {
  describe('in the process', () => tests(embedded.fresh, server && onServer.fresh));
  describe.skipIf(server === undefined)('on a server', () => tests(onServer.fresh, embedded.fresh));
}
