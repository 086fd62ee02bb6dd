import { type AuditEntry, type Deed, forgetOldDeeds, listDeeds, noteDeed } from './audit/audit.ts';
import {
  acceptInvitation,
  type Invitation,
  type InvitedTo,
  invite,
  inviteFirstOwner,
  type NewAccount,
} from './invitations/invitations.ts';
import { type ApiKey, createKey, KEY_PREFIX, type KeyRequest, listKeys, personOfKey, revokeKey } from './keys/keys.ts';
import { findPersonByEmail, hasOwner, listPeople, type Person, removePerson, setRole } from './people/people.ts';
import type { Role } from './people/roles.ts';
import { type AuthOptions, openAuth } from './sign-in/auth.ts';
import {
  type BrowserHeaders,
  changePassword,
  personOfSession,
  type SignedIn,
  signIn,
  signOut,
} from './sign-in/sign-in.ts';
import { issueToken, personOfToken, publicKeys, type Token, type TokenRequest } from './tokens/tokens.ts';

/** Somebody who showed a key or a token, and what that opens. */
export interface Bearer {
  readonly person: Person;
  readonly scopes: readonly string[];
  /** `key` and its number, or `token`. */
  readonly via: string;
}

/** Who may use the library over the service. What each call does and throws is said where it is made. */
export interface Accounts {
  hasOwner(): Promise<boolean>;
  inviteFirstOwner(): Promise<Invitation>;
  invite(to: InvitedTo, by: string | null): Promise<Invitation>;
  acceptInvitation(token: string, account: NewAccount): Promise<Person>;
  signIn(by: { readonly email: string; readonly password: string }, browser: BrowserHeaders): Promise<SignedIn>;
  signOut(browser: BrowserHeaders): Promise<readonly string[]>;
  changePassword(
    person: Person,
    passwords: { readonly current: string; readonly next: string },
    browser: BrowserHeaders,
  ): Promise<void>;
  ofSession(browser: BrowserHeaders): Promise<SignedIn | undefined>;
  /** Who shows a key or a token; undefined when it is none. */
  ofBearer(shown: string): Promise<Bearer | undefined>;
  listPeople(): Promise<Person[]>;
  findPerson(email: string): Promise<Person | undefined>;
  setRole(person: string, role: Role): Promise<Person>;
  removePerson(person: string): Promise<void>;
  createKey(person: string, asked: KeyRequest): Promise<{ readonly key: ApiKey; readonly secret: string }>;
  listKeys(person: string): Promise<ApiKey[]>;
  revokeKey(person: string, key: number): Promise<void>;
  issueToken(person: string, asked: TokenRequest): Promise<Token>;
  publicKeys(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  noteDeed(deed: Deed): Promise<void>;
  forgetOldDeeds(): Promise<void>;
  listDeeds(page: { readonly limit: number; readonly before?: number | undefined }): Promise<AuditEntry[]>;
}

/** The accounts in a database that has their tables. */
export function openAccounts(options: AuthOptions): Accounts {
  const { database } = options;
  const auth = openAuth(options);
  return {
    hasOwner: () => hasOwner(database),
    inviteFirstOwner: () => inviteFirstOwner(database),
    invite: (to, by) => invite(database, to, by),
    acceptInvitation: (token, account) => acceptInvitation(database, token, account),
    signIn: (by, browser) => signIn(database, auth, by, browser),
    signOut: (browser) => signOut(auth, browser),
    changePassword: (person, passwords, browser) => changePassword(database, auth, person, passwords, browser),
    ofSession: (browser) => personOfSession(auth, browser),
    async ofBearer(shown) {
      if (shown.startsWith(KEY_PREFIX)) {
        const found = await personOfKey(database, shown);
        return found && { person: found.person, scopes: found.scopes, via: `key ${found.key}` };
      }
      const found = await personOfToken(database, auth, shown);
      return found && { ...found, via: 'token' };
    },
    listPeople: () => listPeople(database),
    findPerson: (email) => findPersonByEmail(database, email),
    setRole: (person, role) => setRole(database, person, role),
    removePerson: (person) => removePerson(database, person),
    createKey: (person, asked) => createKey(database, person, asked),
    listKeys: (person) => listKeys(database, person),
    revokeKey: (person, key) => revokeKey(database, person, key),
    issueToken: (person, asked) => issueToken(auth, person, asked),
    publicKeys: () => publicKeys(auth),
    noteDeed: (deed) => noteDeed(database, deed),
    forgetOldDeeds: () => forgetOldDeeds(database),
    listDeeds: (page) => listDeeds(database, page),
  };
}
