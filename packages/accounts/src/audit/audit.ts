import { z } from 'zod';
import type { Statements } from '../database/account-database.ts';

/** That somebody did something, or was not let. */
export interface Deed {
  readonly person: { readonly id: string; readonly name: string } | null;
  /** By what they were known: `session`, `key 3`, `token`, `own machine`, `nothing`. */
  readonly via: string;
  readonly address: string;
  /** The name of the operation. */
  readonly action: string;
  /** What it was done to: the path. */
  readonly subject: string;
  /** The HTTP status of the answer. */
  readonly status: number;
}

export interface AuditEntry extends Deed {
  readonly id: number;
  readonly at: Date;
}

const KEPT_DAYS = 400;

export async function noteDeed(statements: Statements, deed: Deed): Promise<void> {
  const { person, via, address, action, subject, status } = deed;
  await statements.run(
    `INSERT INTO audit_entry (at, person_id, person_name, via, address, action, subject, status)
     VALUES (now(), $1, $2, $3, $4, $5, $6, $7)`,
    [person?.id ?? null, person?.name ?? null, via, address, action, subject.slice(0, 2000), status],
  );
}

/** Forgets what is older than a year and a month. */
export async function forgetOldDeeds(statements: Statements): Promise<void> {
  await statements.run('DELETE FROM audit_entry WHERE at < now() - make_interval(days => $1)', [KEPT_DAYS]);
}

const entryRow = z.object({
  id: z.int(),
  at: z.date(),
  person_id: z.string().nullable(),
  person_name: z.string().nullable(),
  via: z.string(),
  address: z.string(),
  action: z.string(),
  subject: z.string(),
  status: z.int(),
});

/**
 * What was done, the newest first.
 * @param before the id of the last one that is known already
 */
export async function listDeeds(
  statements: Statements,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<AuditEntry[]> {
  const rows = await statements.rows(
    entryRow,
    'SELECT * FROM audit_entry WHERE $2::bigint IS NULL OR id < $2 ORDER BY id DESC LIMIT $1',
    [limit, before ?? null],
  );
  return rows.map(({ person_id: id, person_name: name, ...rest }) => ({
    ...rest,
    person: id === null ? null : { id, name: name ?? '' },
  }));
}
