import { z } from 'zod';
import type { AccountDatabase } from '../database/account-database.ts';
import { findPerson, type Person } from '../people/people.ts';
import { AUDIENCE, type Auth, ISSUER } from '../sign-in/auth.ts';

const LIFE_SECONDS = 15 * 60;

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** The service that it is for; this one when absent. Those for others do not open this one. */
  readonly audience?: string | undefined;
}

export interface Token {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What we read of a token; its signature, issuer, audience and times were held to what they should be before. */
const claims = z.object({ sub: z.string(), scope: z.string() });

/** A JWT (RFC 7519) that says who somebody is for a quarter of an hour, signed with a key of ours (EdDSA). */
export async function issueToken(auth: Auth, person: string, { scopes, audience }: TokenRequest): Promise<Token> {
  const issued = Math.floor(Date.now() / 1000);
  const expires = issued + LIFE_SECONDS;
  const payload = {
    ...{ iss: ISSUER, sub: person, aud: audience ?? AUDIENCE, iat: issued, exp: expires },
    scope: [...new Set(scopes)].sort().join(' '),
  };
  const { token } = await auth.api.signJWT({ body: { payload } });
  return { token, expiresAt: new Date(expires * 1000) };
}

/** Who a token speaks for and what it opens; undefined when it is forged, too old, for somebody else, or of somebody who is gone. */
export async function personOfToken(
  database: AccountDatabase,
  auth: Auth,
  token: string,
): Promise<{ readonly person: Person; readonly scopes: readonly string[] } | undefined> {
  const { payload } = await auth.api.verifyJWT({ body: { token } });
  const said = claims.safeParse(payload);
  if (!said.success) return undefined;
  const person = await findPerson(database, said.data.sub);
  return person && { person, scopes: said.data.scope.split(' ') };
}

/** The public keys by which others tell that a token is ours (RFC 7517). */
export async function publicKeys(auth: Auth): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { keys } = await auth.api.getJwks();
  return z.array(z.record(z.string(), z.unknown())).parse(keys);
}
