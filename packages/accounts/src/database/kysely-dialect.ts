import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { z } from 'zod';
import type { AccountDatabase, SqlValue } from './account-database.ts';

/** Rows of better-auth, which holds them to its own schema. */
const anyRow = z.record(z.string(), z.unknown());

/**
 * Lets better-auth speak to our database, in the process or on a server, by the query builder that it brings. Each statement
 * stands by itself: what has to be done in one transaction is done by statements of ours.
 */
export function dialectOf(database: AccountDatabase): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOf(database),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function driverOf(database: AccountDatabase): Driver {
  const none = () => Promise.reject(new Error('there are no transactions over this connection'));
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters, query }: CompiledQuery) => {
      const values = parameters.map(sqlValue);
      const changes = query.kind === 'UpdateQueryNode' || query.kind === 'DeleteQueryNode';
      if (changes && query.returning === undefined) {
        return { rows: [], numAffectedRows: BigInt(await database.run(sql, values)) };
      }
      // The query builder types what it asked for, and better-auth holds it to its schema.
      const rows = (await database.rows(anyRow, sql, values)) as Row[];
      return { rows, numAffectedRows: BigInt(rows.length) };
    },
    streamQuery: () => {
      throw new Error('nothing is streamed over this connection');
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: none,
    commitTransaction: none,
    rollbackTransaction: none,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function sqlValue(value: unknown): SqlValue {
  if (value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`a ${typeof value} is no value of a statement`);
}
