import type { Database } from '@tutti/library';
import { acceptInvitation, inviteFirstOwner } from '../invitations/invitations.ts';
import type { Person } from '../people/people.ts';
import { type Auth, openAuth } from '../sign-in/auth.ts';

export const PASSWORD = 'a sentence that is long enough';

/** What better-auth would have warned of. */
export interface AuthForTests {
  readonly auth: Auth;
  readonly warnings: readonly string[];
}

export function authForTests(database: Database, publicOrigin?: string): AuthForTests {
  const warnings: string[] = [];
  const secret = 'of the tests, and of nothing else 0123456789';
  const auth = openAuth({ database, secret, publicOrigin, warn: (what) => warnings.push(what) });
  return { auth, warnings };
}

/** The owner, made as on a first start. */
export async function putOwner(database: Database): Promise<Person> {
  const { token } = await inviteFirstOwner(database);
  return acceptInvitation(database, token, { name: 'Ada', email: 'Ada@Example.org', password: PASSWORD });
}
