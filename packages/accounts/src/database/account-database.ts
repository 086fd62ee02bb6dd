import type { z } from 'zod';

/** What a parameter of a statement may be. */
export type SqlValue = string | number | boolean | Date | Uint8Array | null;

/** Statements on a PostgreSQL database. Those of the library are such. */
export interface Statements {
  /** The rows of one statement, each held to `row`. */
  rows<Row>(row: z.ZodType<Row>, sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs one statement; gives the number of rows that it changed. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

/** The database that the accounts are in; its tables are made by the migrations of the library. */
export interface AccountDatabase extends Statements {
  /** Runs `work` in one transaction: what it throws takes everything back. */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>;
}
