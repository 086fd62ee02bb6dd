import { createClient, type Role, SCOPES, type Scope } from '@tutti/contract/api';

export const PASSWORD = 'a sentence that is long enough';

/** Somebody who has an account. */
export interface Member {
  readonly id: string;
  readonly email: string;
  /** What a browser would send. */
  readonly cookie: string;
  /** Headers with a key that opens these scopes, all where none are given. */
  withKey(scopes?: readonly Scope[]): Promise<{ readonly authorization: string }>;
}

/** Makes an account by an invitation, and signs in. */
export async function member(origin: string, token: string, email: string): Promise<Member> {
  const made = await createClient(origin, fetch).call('acceptInvitation', {
    body: { token, name: email.split('@')[0]!, email, password: PASSWORD },
  });
  const answer = await createClient(origin, fetch).open('signIn', { body: { email, password: PASSWORD } });
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0]!)
    .join('; ');
  return {
    ...{ id: made.id, email, cookie },
    async withKey(scopes = SCOPES) {
      const { secret } = await createClient(origin, fetch, { cookie }).call('createKey', {
        body: { name: 'of the tests', scopes: [...scopes], days: 1 },
      });
      return { authorization: `Bearer ${secret}` };
    },
  };
}

/** Somebody whom the owner invites. */
export async function invited(
  origin: string,
  owner: Member,
  role: Role,
  email = `${role}@example.org`,
): Promise<Member> {
  const { token } = await createClient(origin, fetch, { cookie: owner.cookie }).call('invite', { body: { role } });
  return member(origin, token, email);
}
