import { z } from 'zod';
import type { AccountDatabase, Statements } from '../database/account-database.ts';
import { AccountError } from '../errors.ts';
import { ROLES, type Role } from './roles.ts';

export const personRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  created_at: z.date(),
});

/** Somebody who has an account. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** In lower case; no mail is sent to it. */
  readonly email: string;
  readonly role: Role;
  readonly since: Date;
}

export const PERSON_COLUMNS = 'id, name, email, role, created_at';

export function personOf({ created_at: since, ...row }: z.infer<typeof personRow>): Person {
  return { ...row, since };
}

/** Whether there is an account that may do everything: until then, there is nobody to ask. */
export async function hasOwner(statements: Statements): Promise<boolean> {
  const [row] = await statements.rows(
    z.object({ there: z.boolean() }),
    "SELECT EXISTS (SELECT FROM person WHERE role = 'owner') AS there",
  );
  return row!.there;
}

/** Everybody, by their names for signing in. */
export async function listPeople(statements: Statements): Promise<Person[]> {
  return (await statements.rows(personRow, `SELECT ${PERSON_COLUMNS} FROM person ORDER BY email`)).map(personOf);
}

export async function findPerson(statements: Statements, id: string): Promise<Person | undefined> {
  const [row] = await statements.rows(personRow, `SELECT ${PERSON_COLUMNS} FROM person WHERE id = $1`, [id]);
  return row && personOf(row);
}

export async function findPersonByEmail(statements: Statements, email: string): Promise<Person | undefined> {
  const asked = `SELECT ${PERSON_COLUMNS} FROM person WHERE email = $1`;
  const [row] = await statements.rows(personRow, asked, [email.toLowerCase()]);
  return row && personOf(row);
}

/**
 * Makes somebody something else.
 * @throws AccountError 'missing'; 'denied' for the last owner
 */
export function setRole(database: AccountDatabase, id: string, role: Role): Promise<Person> {
  return database.transaction(async (statements) => {
    if (role !== 'owner') await requireOtherOwner(statements, id);
    const [row] = await statements.rows(
      personRow,
      `UPDATE person SET role = $2, updated_at = now() WHERE id = $1 RETURNING ${PERSON_COLUMNS}`,
      [id, role],
    );
    if (!row) throw missing(id);
    return personOf(row);
  });
}

/**
 * Takes an account away, with its keys and sessions.
 * @throws AccountError 'missing'; 'denied' for the last owner
 */
export function removePerson(database: AccountDatabase, id: string): Promise<void> {
  return database.transaction(async (statements) => {
    await requireOtherOwner(statements, id);
    if ((await statements.run('DELETE FROM person WHERE id = $1', [id])) === 0) throw missing(id);
  });
}

function missing(id: string): AccountError {
  return new AccountError('missing', `there is no account ${JSON.stringify(id)}`);
}

/** Owners are locked, so that two of them cannot take each other away at the same time. */
async function requireOtherOwner(statements: Statements, id: string): Promise<void> {
  const owners = await statements.rows(
    z.object({ id: z.string() }),
    "SELECT id FROM person WHERE role = 'owner' ORDER BY id FOR UPDATE",
  );
  if (owners.length === 1 && owners[0]!.id === id) {
    throw new AccountError('denied', 'this is the last owner: make somebody else an owner first');
  }
}
