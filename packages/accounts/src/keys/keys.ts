import { z } from 'zod';
import type { AccountDatabase, Statements } from '../database/account-database.ts';
import { AccountError } from '../errors.ts';
import { type Person, personOf, personRow } from '../people/people.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** By which a key is known when it is seen: in logs, by scanners of sources. */
export const KEY_PREFIX = 'tutti_';
/** Of a key that is shown, to know it by. */
const BEGINNING = KEY_PREFIX.length + 6;
/** A use is noted at most so often: reading must not write each time. */
const NOTED_SECONDS = 60;

const keyRow = z.object({
  id: z.int(),
  name: z.string(),
  beginning: z.string(),
  scopes: z.string(),
  created_at: z.date(),
  expires_at: z.date(),
  used_at: z.date().nullable(),
});
const KEY_COLUMNS = 'id, name, beginning, scopes, created_at, expires_at, used_at';

/** A key as it is shown: never itself. */
export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly beginning: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** To the minute; null when it never was. */
  readonly usedAt: Date | null;
}

export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

function keyOf({ beginning, scopes, created_at, expires_at, used_at, ...rest }: z.infer<typeof keyRow>): ApiKey {
  const times = { createdAt: created_at, expiresAt: expires_at, usedAt: used_at };
  return { ...rest, beginning, scopes: scopes.split(' '), ...times };
}

/** Makes a key; it is given this once, a digest of it is kept. */
export async function createKey(
  statements: Statements,
  person: string,
  { name, scopes, days }: KeyRequest,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  if (scopes.length === 0) throw new AccountError('unsupported', 'a key without scopes opens nothing: say which');
  const secret = KEY_PREFIX + newSecret();
  const [row] = await statements.rows(
    keyRow,
    `INSERT INTO api_key (person_id, name, digest, beginning, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, now(), now() + make_interval(days => $6)) RETURNING ${KEY_COLUMNS}`,
    [person, name, digestOf(secret), secret.slice(0, BEGINNING), [...new Set(scopes)].sort().join(' '), days],
  );
  return { key: keyOf(row!), secret };
}

/** The keys of a person, those that are too old among them. */
export async function listKeys(statements: Statements, person: string): Promise<ApiKey[]> {
  const asked = `SELECT ${KEY_COLUMNS} FROM api_key WHERE person_id = $1 ORDER BY id`;
  return (await statements.rows(keyRow, asked, [person])).map(keyOf);
}

/** @throws AccountError 'missing' when the person has no such key */
export async function revokeKey(statements: Statements, person: string, id: number): Promise<void> {
  if ((await statements.run('DELETE FROM api_key WHERE id = $1 AND person_id = $2', [id, person])) === 0) {
    throw new AccountError('missing', `there is no key ${id}`);
  }
}

const ownerRow = personRow.extend({ key: z.int(), scopes: z.string(), noted: z.boolean() });

/** Whose key it is and what it opens; undefined for one that is none, was revoked or is too old. */
export async function personOfKey(
  database: AccountDatabase,
  secret: string,
): Promise<{ readonly person: Person; readonly key: number; readonly scopes: readonly string[] } | undefined> {
  const [row] = await database.rows(
    ownerRow,
    `SELECT p.id, p.name, p.email, p.role, p.created_at, k.id AS key, k.scopes,
       coalesce(k.used_at > now() - make_interval(secs => $2), false) AS noted
     FROM api_key k JOIN person p ON p.id = k.person_id WHERE k.digest = $1 AND k.expires_at > now()`,
    [digestOf(secret), NOTED_SECONDS],
  );
  if (!row) return undefined;
  const { key, scopes, noted, ...person } = row;
  if (!noted) await database.run('UPDATE api_key SET used_at = now() WHERE id = $1', [key]);
  return { person: personOf(person), key, scopes: scopes.split(' ') };
}
