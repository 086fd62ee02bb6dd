import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { requireBackup } from './backup/read-backup.ts';
import { type RestoredBackup, restoreBackup } from './backup/restore-backup.ts';
import { writeBackup } from './backup/write-backup.ts';
import { type Database, SCHEMA } from './database/database.ts';
import { openEmbedded } from './database/embedded.ts';
import { ownFolder } from './database/folder-owner.ts';
import { openServer } from './database/server.ts';
import { wholeColumn } from './database/values.ts';
import { LibraryError, reasonOf } from './errors.ts';
import { manyListsDue, refreshLists } from './lists/refresh-lists.ts';
import { migrate, schemaVersion } from './migrations/migrate.ts';
import { readMigrations } from './migrations/read-migrations.ts';

export interface LibraryOptions {
  /** The user's folder: the embedded database and the backups are in it. */
  readonly folder: string;
  /** A server; the database in the folder when absent. */
  readonly databaseUrl?: string | undefined;
  /** Told what takes longer than a moment. */
  readonly say?: ((what: string) => void) | undefined;
}

export interface RestoredLibrary extends RestoredBackup {
  /** The backup of what was there; null when there was nothing. */
  readonly previous: string | null;
}

/** Backups that are made by themselves, at most; older ones go. */
const KEPT_BACKUPS = 10;
/** Their names end with the moment. */
const OWN_BACKUP = /^before-.*-(\d{4}-\d\d-\d\dT\d{6}-\d{3}Z)\.tutti-backup$/;

/**
 * Opens the library and brings it up to this program, with a backup before where there is anything to lose.
 * @returns close it when done: until then no other process can use the one in the folder
 * @throws LibraryError 'denied' when another process uses it, 'unsupported' when it is newer, 'missing' without the server
 */
export async function openLibrary(options: LibraryOptions): Promise<Database> {
  const { say = () => {} } = options;
  const database = await openDatabase(options);
  try {
    await migrate(database, await readMigrations(), async (from, to) => {
      say(`the library is brought from schema ${from} to ${to}; it is backed up first`);
      say(`backed up to ${await backUpBefore(database, options.folder, `schema-${to}`)}`);
    });
    if (await manyListsDue(database)) {
      say('the lists of the library are made anew');
      await refreshLists(database, { most: Number.POSITIVE_INFINITY });
    }
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Puts a backup in the place of the library, whatever its schema is; what was there is backed up first.
 * @param replace allows that there is something
 * @throws LibraryError 'denied' when there is something and `replace` is not set; as `openLibrary` and `restoreBackup`
 */
export async function restoreLibrary(
  path: string,
  replace: boolean,
  options: LibraryOptions,
): Promise<RestoredLibrary> {
  await requireBackup(path);
  const database = await openDatabase(options);
  try {
    let previous: string | null = null;
    if (await holdsSomething(database)) {
      if (!replace) {
        throw new LibraryError(
          'denied',
          `there is a library in ${database.place} already: --force replaces it, and keeps a backup of it`,
        );
      }
      previous = await backUpBefore(database, options.folder, 'restore');
      options.say?.(`backed up to ${previous}`);
    }
    return { ...(await restoreBackup(database, path, await readMigrations())), previous };
  } finally {
    await database.close();
  }
}

async function openDatabase({ folder, databaseUrl, say }: LibraryOptions): Promise<Database> {
  if (databaseUrl) return openServer(databaseUrl);
  const place = join(folder, 'library');
  const owner = await ownFolder(place);
  try {
    const data = join(place, 'database');
    if (!(await isThere(data))) {
      say?.(`making a new library in ${place}`);
      await makeEmbedded(data);
    }
    const database = await openEmbedded(data);
    return {
      ...database,
      async close() {
        await database.close();
        owner.release();
      },
    };
  } catch (error) {
    owner.release();
    throw error;
  }
}

/** It gets its name when it is whole: one whose making was interrupted is made again. */
async function makeEmbedded(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await openEmbedded(unfinished);
  await database.close();
  await rename(unfinished, folder);
}

function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}

async function holdsSomething(database: Database): Promise<boolean> {
  if ((await schemaVersion(database)) === 0) return false;
  const [{ accounts } = { accounts: false }] = await database.rows(
    z.object({ accounts: z.boolean() }),
    `SELECT to_regclass('${SCHEMA}.person') IS NOT NULL AS accounts`,
  );
  const tables = ['root', 'sound', ...(accounts ? ['person'] : [])];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
  const [row] = await database.rows(z.object({ count: wholeColumn }), `SELECT ${counts} AS count`);
  return row!.count > 0;
}

/** A backup in the folder of backups, named by the moment and by what is about to happen. */
async function backUpBefore(database: Database, folder: string, what: string): Promise<string> {
  const backups = join(folder, 'backups');
  const moment = new Date().toISOString().replaceAll(':', '').replace('.', '-');
  const path = join(backups, `before-${what}-${moment}.tutti-backup`);
  try {
    await mkdir(backups, { recursive: true });
    await writeBackup(database, path);
    const own = (await readdir(backups)).flatMap((name) => {
      const made = OWN_BACKUP.exec(name)?.[1];
      return made === undefined ? [] : [{ name, made }];
    });
    own.sort((a, b) => (a.made < b.made ? 1 : -1));
    for (const { name } of own.slice(KEPT_BACKUPS)) await rm(join(backups, name));
  } catch (error) {
    throw new LibraryError(
      'denied',
      `no backup could be made in ${backups}, so nothing was changed: ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
  return path;
}
