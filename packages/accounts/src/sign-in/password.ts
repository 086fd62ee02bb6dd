import { hashPassword } from 'better-auth/crypto';
import type { Statements } from '../database/account-database.ts';
import { AccountError } from '../errors.ts';

/** Shortest password where it is the only thing that is asked for. Source: NIST SP 800-63B-4 (2025), section 3.1.1.2. */
export const PASSWORD_CHARACTERS = { least: 15, most: 128 } as const;

/** @throws AccountError 'unsupported' when it is too short or too long; what it is made of is everybody's own */
export function requirePassword(password: string): void {
  const { least, most } = PASSWORD_CHARACTERS;
  if (password.length < least || password.length > most) {
    throw new AccountError('unsupported', `a password has ${least} to ${most} characters; a sentence will do`);
  }
}

/** The slow digest (scrypt) under which better-auth looks for a password. */
export function passwordDigest(password: string): Promise<string> {
  requirePassword(password);
  return hashPassword(password);
}

/** Gives a person a password, in place of the one before, and ends what was begun with that. */
export async function putPassword(statements: Statements, person: string, digest: string): Promise<void> {
  await statements.run(
    `INSERT INTO sign_in_way (id, account_id, provider_id, person_id, password, created_at, updated_at)
     VALUES ('password-' || $1, $1, 'credential', $1, $2, now(), now())
     ON CONFLICT (id) DO UPDATE SET password = $2, updated_at = now()`,
    [person, digest],
  );
  await statements.run('DELETE FROM session WHERE person_id = $1', [person]);
}
