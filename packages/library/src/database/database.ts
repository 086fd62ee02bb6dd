import type { z } from 'zod';

/** What a parameter of a statement may be. What there are many of goes as one JSON text and is unfolded in SQL. */
export type SqlValue = string | number | boolean | Date | Uint8Array | null;

/** Statements, one after another: on a database each by itself, in a transaction all or none. */
export interface Queries {
  /**
   * The rows of one statement, each held to `row`.
   * @param sql with `$1`, `$2` … for `values`
   * @throws LibraryError 'internal' when the statement fails or a row is none
   */
  rows<Row>(row: z.ZodType<Row>, sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs one statement; gives the number of rows that it changed. @throws LibraryError */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** Runs several statements without parameters. @throws LibraryError */
  script(sql: string): Promise<void>;
  /**
   * For what keeps its own tables beside ours and checks its own rows (the queue): one statement with values, or several
   * without, whose rows are given one after another. What the engine throws passes as it is.
   */
  executeSql(sql: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
}

/** A PostgreSQL database, in this process or on a server: the same statements, the same values. */
export interface Database extends Queries {
  readonly engine: 'embedded' | 'server';
  /** Where it is, for people: a folder, or a server without its password. */
  readonly place: string;
  /** Runs `work` in one transaction: what it throws takes everything back. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` when nobody else who has this database open, in this process or another, runs work of that name. Who dies has
   * no work any more.
   * @throws LibraryError 'denied' when somebody does
   */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** All tables are in it: a server's database may hold other things beside. */
export const SCHEMA = 'tutti';
