import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AccountDatabase, Statements } from '../database/account-database.ts';
import { AccountError } from '../errors.ts';
import { findPerson, PERSON_COLUMNS, type Person, personOf, personRow } from '../people/people.ts';
import { ROLES, type Role } from '../people/roles.ts';
import { digestOf, newSecret } from '../secrets.ts';
import { passwordDigest, putPassword } from '../sign-in/password.ts';

export interface Invitation {
  /** Shown once; a digest of it is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** What an invitation is for: an account that is to be, or one whose password is forgotten. */
export type InvitedTo = { readonly role: Role } | { readonly person: string };

/** How long an invitation waits. */
const HOURS = { owner: 1, usual: 7 * 24 } as const;

/**
 * Makes a link's token with which somebody makes an account and thinks of its password, once. Passwords are known to nobody else.
 * @param by the person who invites; null where it is the terminal of the service
 * @throws AccountError 'missing' when the account whose password is to be new is not there
 */
export async function invite(statements: Statements, to: InvitedTo, by: string | null): Promise<Invitation> {
  const person = 'person' in to ? await findPerson(statements, to.person) : undefined;
  if ('person' in to && !person) {
    throw new AccountError('missing', `there is no account ${JSON.stringify(to.person)}`);
  }
  const role = 'role' in to ? to.role : person!.role;
  const token = newSecret();
  const expiresAt = new Date(Date.now() + (role === 'owner' ? HOURS.owner : HOURS.usual) * 3_600_000);
  await statements.run('DELETE FROM invitation WHERE expires_at < now()');
  await statements.run(
    'INSERT INTO invitation (digest, role, person_id, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, now(), $5)',
    [digestOf(token), role, person?.id ?? null, by, expiresAt],
  );
  return { token, expiresAt };
}

/** The invitation to make the first owner's account; those that were shown before do not hold any more. */
export function inviteFirstOwner(database: AccountDatabase): Promise<Invitation> {
  return database.transaction(async (statements) => {
    await statements.run("DELETE FROM invitation WHERE role = 'owner' AND made_by IS NULL AND person_id IS NULL");
    return invite(statements, { role: 'owner' }, null);
  });
}

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const invitationRow = z.object({ role: z.enum(ROLES), person_id: z.string().nullable() });

/**
 * Makes the account that an invitation is for, or gives an account a new password (its name and address stay).
 * @throws AccountError 'denied' when the token is none, was used or is too old; 'unsupported' for a password that is none, or an
 *   address that somebody has: then it still holds
 */
export async function acceptInvitation(database: AccountDatabase, token: string, account: NewAccount): Promise<Person> {
  const digest = await passwordDigest(account.password);
  return database.transaction(async (statements) => {
    const [invitation] = await statements.rows(
      invitationRow,
      'DELETE FROM invitation WHERE digest = $1 AND expires_at > now() RETURNING role, person_id',
      [digestOf(token)],
    );
    if (!invitation) {
      throw new AccountError('denied', 'this invitation was used, is too old, or never was: ask for another one');
    }
    const id = invitation.person_id ?? (await makePerson(statements, invitation.role, account));
    await putPassword(statements, id, digest);
    return (await findPerson(statements, id))!;
  });
}

async function makePerson(statements: Statements, role: Role, { name, email }: NewAccount): Promise<string> {
  const [row] = await statements.rows(
    personRow,
    `INSERT INTO person (id, name, email, email_verified, role, created_at, updated_at)
     VALUES ($1, $2, $3, false, $4, now(), now()) ON CONFLICT (email) DO NOTHING RETURNING ${PERSON_COLUMNS}`,
    [randomUUID(), name, email.toLowerCase(), role],
  );
  if (!row) throw new AccountError('unsupported', `somebody signs in as ${email} already: take another address`);
  return personOf(row).id;
}
