import type { PoolClient } from 'pg';
import { z } from 'zod';
import { LibraryError, reasonOf } from '../errors.ts';
import { busyWith } from './busy.ts';
import { checkedRows } from './checked-rows.ts';
import { type Database, type Queries, SCHEMA } from './database.ts';
import { PARSERS } from './values.ts';

const CONNECTIONS = 10;
/** Any number that no other program on a shared server is likely to lock by: "tutt" in ASCII. */
const LOCK_CLASS = 0x74_75_74_74;
const PATIENCE_MILLISECONDS = 10_000;

/** An address of a server as it may be shown. */
export function shownAddress(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    return `${decodeURIComponent(hostname) || searchParams.get('host') || 'localhost'}${port && `:${port}`}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

/**
 * A database on a server.
 * @param url postgresql://USER:PASSWORD@HOST:PORT/DATABASE
 * @throws LibraryError 'missing' when it cannot be reached, with what to do
 */
export async function openServer(url: string): Promise<Database> {
  const { default: pg } = await import('pg');
  const place = shownAddress(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MILLISECONDS,
    types: { getTypeParser: (type, format) => PARSERS[type] ?? pg.types.getTypeParser(type, format as 'text') },
    onConnect: async (client) => {
      await client.query(`SET search_path = ${SCHEMA}; SET bytea_output = 'hex'; SET TimeZone = 'UTC'`);
    },
  });
  // A connection that breaks while nobody uses it: the next statement gets another one, or says why not.
  pool.on('error', () => {});
  // One that breaks between two statements of a transaction: the next statement of it says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw new LibraryError(
      'missing',
      `the PostgreSQL server ${place} cannot be used: ${reasonOf(error)}. Start it, mend DATABASE_URL, or take ` +
        'DATABASE_URL away to use the database in your own folder',
      { cause: error, needs: 'PostgreSQL' },
    );
  }
  return {
    engine: 'server',
    place,
    ...queriesOf(pool),
    async executeSql(sql, values) {
      const client = await pool.connect();
      try {
        const done = await queriesOf(client).executeSql(sql, values);
        client.release();
        return done;
      } catch (error) {
        // A script of its own that begins a transaction and fails would leave the connection in it.
        await takeBack(client);
        throw error;
      }
    },
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(queriesOf(client));
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        await takeBack(client);
        throw error;
      }
    },
    async alone(name, work) {
      // A lock of the connection: the server takes it from a process that is gone.
      const client = await pool.connect();
      const { rows } = queriesOf(client);
      const ask = async (call: string) => {
        const row = z.object({ done: z.boolean() });
        return (await rows(row, `SELECT ${call}($1, hashtext($2)) AS done`, [LOCK_CLASS, name]))[0]!.done;
      };
      let whole = false;
      try {
        const locked = await ask('pg_try_advisory_lock');
        whole = !locked;
        if (!locked) throw busyWith(name, place);
        try {
          return await work();
        } finally {
          // What is wrong with the connection was told by the work, or does not matter any more.
          whole = await ask('pg_advisory_unlock').catch(() => false);
        }
      } finally {
        client.release(!whole);
      }
    },
    close: () => pool.end(),
  };
}

/** Rolls back; a connection that cannot even do that is thrown away. */
function takeBack(client: PoolClient): Promise<void> {
  return client.query('ROLLBACK').then(
    () => client.release(),
    () => client.release(true),
  );
}

function queriesOf(client: Pick<PoolClient, 'query'>): Queries {
  const ask = async (sql: string, values?: readonly unknown[]) => {
    try {
      return await client.query<Record<string, unknown>>(sql, values === undefined ? undefined : [...values]);
    } catch (error) {
      throw new LibraryError('internal', `the database refuses: ${reasonOf(error)}`, { cause: error });
    }
  };
  return {
    rows: async (row, sql, values = []) => checkedRows(row, (await ask(sql, values)).rows, sql),
    run: async (sql, values = []) => (await ask(sql, values)).rowCount ?? 0,
    script: async (sql) => {
      await ask(sql);
    },
    async executeSql(sql, values) {
      const done = await client.query<Record<string, unknown>>(sql, values === undefined ? undefined : [...values]);
      // Of several statements the driver gives several results.
      return { rows: [done].flat().flatMap(({ rows }) => rows) };
    },
  };
}
