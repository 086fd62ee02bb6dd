/** Statements on a PostgreSQL database: one with values, or several without. */
export interface Statements {
  executeSql(sql: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
}

/** The database that the queue lives in. That of the library is one. */
export interface QueueDatabase extends Statements {
  /** `embedded`: of this process alone, so that a job that runs at its start has lost its worker. */
  readonly engine: 'embedded' | 'server';
  /** Where it is, for people. */
  readonly place: string;
  /** Runs `work` in one transaction: what it throws takes everything back. */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>;
}
