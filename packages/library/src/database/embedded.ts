import type { PGlite, Transaction } from '@electric-sql/pglite';
import { LibraryError, reasonOf } from '../errors.ts';
import { busyWith } from './busy.ts';
import { checkedRows } from './checked-rows.ts';
import { type Database, type Queries, SCHEMA } from './database.ts';
import { PARSERS } from './values.ts';

/**
 * A database of this process alone: PostgreSQL as WebAssembly.
 * @param folder of its data, made when it is not there; the one that it is in must be
 * @throws LibraryError 'corrupt' when there is a database that does not start
 */
export async function openEmbedded(folder: string): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  let postgres: PGlite;
  try {
    postgres = await PGlite.create({ dataDir: folder, parsers: { ...PARSERS } });
    await postgres.exec(`SET search_path = ${SCHEMA}; SET bytea_output = 'hex'; SET TimeZone = 'UTC'`);
  } catch (error) {
    throw new LibraryError('corrupt', `the database in ${folder} does not start: ${reasonOf(error)}`, { cause: error });
  }
  // No other process has it open.
  const underWay = new Set<string>();
  return {
    engine: 'embedded',
    place: folder,
    ...queriesOf(postgres),
    async executeSql(sql, values) {
      try {
        return await execute(postgres, sql, values);
      } catch (error) {
        // A script of its own that begins a transaction and fails would leave the only connection in it.
        await postgres.exec('ROLLBACK');
        throw error;
      }
    },
    transaction: (work) => postgres.transaction((transaction) => work(queriesOf(transaction))),
    async alone(name, work) {
      if (underWay.has(name)) throw busyWith(name, folder);
      underWay.add(name);
      try {
        return await work();
      } finally {
        underWay.delete(name);
      }
    },
    close: () => postgres.close(),
  };
}

function queriesOf(postgres: Pick<Transaction, 'query' | 'exec'>): Queries {
  const guard = async <Result>(asked: Promise<Result>): Promise<Result> => {
    try {
      return await asked;
    } catch (error) {
      throw new LibraryError('internal', `the database refuses: ${reasonOf(error)}`, { cause: error });
    }
  };
  return {
    rows: async (row, sql, values = []) => checkedRows(row, (await guard(postgres.query(sql, [...values]))).rows, sql),
    run: async (sql, values = []) => (await guard(postgres.query(sql, [...values]))).affectedRows ?? 0,
    script: async (sql) => {
      await guard(postgres.exec(sql));
    },
    executeSql: (sql, values) => execute(postgres, sql, values),
  };
}

async function execute(
  postgres: Pick<Transaction, 'query' | 'exec'>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<{ rows: unknown[] }> {
  if (values.length > 0) return { rows: (await postgres.query(sql, [...values])).rows };
  return { rows: (await postgres.exec(sql)).flatMap(({ rows }) => rows) };
}
