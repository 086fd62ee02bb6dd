import { APIError } from 'better-auth/api';
import type { AccountDatabase } from '../database/account-database.ts';
import { AccountError } from '../errors.ts';
import { findPerson, type Person, personOf, personRow } from '../people/people.ts';
import { ADDRESS_HEADER, type Auth } from './auth.ts';
import { passwordDigest, putPassword } from './password.ts';
import { countTry, forgetTries } from './sign-in-tries.ts';

/** By what a browser is known. */
export interface BrowserHeaders {
  readonly cookie?: string | undefined;
  readonly userAgent?: string | undefined;
  /** From where it asks. */
  readonly address: string;
}

/** A person, and what the browser is to keep of it: values of `set-cookie`. */
export interface SignedIn {
  readonly person: Person;
  readonly cookies: readonly string[];
}

function headersOf({ cookie, userAgent, address }: BrowserHeaders): Headers {
  return new Headers({
    ...(cookie !== undefined && { cookie }),
    ...(userAgent !== undefined && { 'user-agent': userAgent.slice(0, 500) }),
    [ADDRESS_HEADER]: address,
  });
}

/**
 * Lets somebody in who knows the password, and forgets the session that the browser had.
 * @throws AccountError 'denied' for a wrong name or password, which are not told apart; TooManyTries
 */
export async function signIn(
  database: AccountDatabase,
  auth: Auth,
  { email, password }: { readonly email: string; readonly password: string },
  browser: BrowserHeaders,
): Promise<SignedIn> {
  await countTry(database, email, browser.address);
  try {
    const { headers, response } = await auth.api.signInEmail({
      body: { email, password },
      headers: headersOf({ ...browser, cookie: undefined }),
      returnHeaders: true,
    });
    await forgetTries(database, email, browser.address);
    if (browser.cookie !== undefined) await signOut(auth, browser);
    const person = await findPerson(database, response.user.id);
    if (person) return { person, cookies: headers.getSetCookie() };
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
  }
  throw new AccountError('denied', 'there is no account of that name with that password');
}

/** Ends the session of a browser; gives what it is to forget. */
export async function signOut(auth: Auth, browser: BrowserHeaders): Promise<readonly string[]> {
  const { headers } = await auth.api.signOut({ headers: headersOf(browser), returnHeaders: true });
  return headers.getSetCookie();
}

/** Who a browser belongs to; undefined for nobody's. A session that is used lives on: then the browser is to keep new cookies. */
export async function personOfSession(auth: Auth, browser: BrowserHeaders): Promise<SignedIn | undefined> {
  if (browser.cookie === undefined) return undefined;
  const { headers, response } = await auth.api.getSession({ headers: headersOf(browser), returnHeaders: true });
  if (!response) return undefined;
  const { id, name, email, role, createdAt: created_at } = response.user;
  return { person: personOf(personRow.parse({ id, name, email, role, created_at })), cookies: headers.getSetCookie() };
}

/**
 * Gives a person a new password who knows the old one; all sessions of theirs end.
 * @throws AccountError 'denied', 'unsupported'; TooManyTries
 */
export async function changePassword(
  database: AccountDatabase,
  auth: Auth,
  person: Person,
  { current, next }: { readonly current: string; readonly next: string },
  browser: BrowserHeaders,
): Promise<void> {
  const digest = await passwordDigest(next);
  await signIn(database, auth, { email: person.email, password: current }, { ...browser, cookie: undefined });
  await database.transaction((statements) => putPassword(statements, person.id, digest));
}
