import { type Database, type Queries, SCHEMA } from '../database/database.ts';
import { LibraryError } from '../errors.ts';
import { applyMigrations, refuseNewer } from '../migrations/migrate.ts';
import type { Migration } from '../migrations/read-migrations.ts';
import { type BackupRow, readBackup } from './read-backup.ts';
import { backupTables, type Table } from './tables.ts';

export interface RestoredBackup {
  /** Of the schema that the backup was made with. */
  readonly version: number;
  readonly madeAt: string;
  readonly rows: number;
}

const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 2 ** 22;

/**
 * Puts what is in a backup in the place of what is in the database, all or nothing: the schema of the time is made, filled,
 * and brought up to this program.
 * @throws LibraryError 'unsupported' when the backup is of a newer schema, 'missing', 'corrupt'
 */
export function restoreBackup(
  database: Database,
  path: string,
  migrations: readonly Migration[],
): Promise<RestoredBackup> {
  return database.transaction(async (queries) => {
    let restored: RestoredBackup | undefined;
    let filler: Filler | undefined;
    let rows = 0;
    await readBackup(
      path,
      async ({ version, madeAt }) => {
        refuseNewer(version, migrations, path);
        await queries.script(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
        await applyMigrations(queries, migrations, version);
        filler = new Filler(queries, await backupTables(queries), path);
        restored = { version, madeAt, rows };
      },
      async (row) => {
        rows += 1;
        await filler!.add(row);
      },
    );
    await filler!.finish();
    await applyMigrations(queries, migrations);
    return { ...restored!, rows };
  });
}

/** Fills tables with rows, many at once. */
class Filler {
  readonly #queries: Queries;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #path: string;
  #table: Table | undefined;
  #rows: string[] = [];
  #characters = 0;

  constructor(queries: Queries, tables: readonly Table[], path: string) {
    this.#queries = queries;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
    this.#path = path;
  }

  async add({ table, json }: BackupRow): Promise<void> {
    if (table !== this.#table?.name) {
      await this.#flush();
      this.#table = this.#tables.get(table);
      if (this.#table === undefined) {
        throw new LibraryError('corrupt', `${this.#path} is damaged: there is no table "${table.slice(0, 40)}"`);
      }
    }
    this.#rows.push(json);
    this.#characters += json.length;
    if (this.#rows.length >= ROWS_AT_ONCE || this.#characters >= CHARACTERS_AT_ONCE) await this.#flush();
  }

  /** Puts in what is left, and lets the database go on numbering after the largest number. */
  async finish(): Promise<void> {
    await this.#flush();
    for (const { name, numbered } of this.#tables.values()) {
      if (numbered === null) continue;
      await this.#queries.run(
        `SELECT setval(pg_get_serial_sequence('${SCHEMA}.${name}', '${numbered}'), coalesce(max(${numbered}), 1), max(${numbered}) IS NOT NULL) FROM ${name}`,
      );
    }
  }

  async #flush(): Promise<void> {
    if (this.#table === undefined || this.#rows.length === 0) return;
    const { name } = this.#table;
    const columns = this.#table.columns.join(', ');
    try {
      await this.#queries.run(
        `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1::json)`,
        [`[${this.#rows.join(',')}]`],
      );
    } catch (error) {
      throw new LibraryError('corrupt', `${this.#path} is damaged: rows of ${name} are refused`, { cause: error });
    }
    this.#rows = [];
    this.#characters = 0;
  }
}
