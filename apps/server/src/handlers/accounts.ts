import type { ACCOUNT_OPERATIONS } from '@tutti/contract/api';
import { AccountError, type ApiKey, type Person, TooManyTries } from '@tutti/workflows';
import type { Caller } from '../guard/caller.ts';
import { RequestError } from '../request-error.ts';
import type { Handlers } from './handlers.ts';

const shown = ({ id, name, email, role, since }: Person) => ({ id, name, email, role, since: since.toISOString() });

const shownKey = ({ id, name, beginning, scopes, createdAt, expiresAt, usedAt }: ApiKey) => ({
  ...{ id, name, beginning, scopes },
  ...{ createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString(), usedAt: usedAt?.toISOString() ?? null },
});

/** @throws AccountError 'denied' where the own machine asks before anybody has an account */
function personOf({ person }: Caller): Person {
  if (person) return person;
  throw new AccountError('denied', 'nobody has an account here yet: make the owner account first');
}

/** @throws AccountError 'denied' for a key or a token, which could live on by what it makes */
function signedIn(caller: Caller): Person {
  const person = personOf(caller);
  if (caller.scopes === null) return person;
  throw new AccountError('denied', 'only somebody who is signed in by a password may do this');
}

/** A wrong password is told as such, and too many of them too. */
async function tried<Result>(attempt: Promise<Result>): Promise<Result> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof TooManyTries) {
      throw new RequestError(429, 'Too many tries', error.message, {
        headers: { 'retry-after': String(error.seconds) },
      });
    }
    if (error instanceof AccountError && error.kind === 'denied') {
      throw new RequestError(401, 'Not let in', error.message);
    }
    throw error;
  }
}

export const accountHandlers: Pick<Handlers, keyof typeof ACCOUNT_OPERATIONS> = {
  async acceptInvitation({ accounts }, { body: { token, ...account } }, { enter }) {
    const person = await accounts.acceptInvitation(token, account);
    enter(person, []);
    return shown(person);
  },
  async signIn({ accounts }, { body }, { browser, enter }) {
    const { person, cookies } = await tried(accounts.signIn(body, browser));
    enter(person, cookies);
    return shown(person);
  },
  async getSession(_, __, { caller: { person, role, scopes, via } }) {
    return { person: person && shown(person), role, scopes, via };
  },
  async signOut({ accounts }, _, { caller, browser, enter }) {
    if (caller.via === 'session') enter(personOf(caller), await accounts.signOut(browser));
    return undefined;
  },
  async changePassword({ accounts }, { body }, { caller, browser }) {
    await tried(accounts.changePassword(signedIn(caller), body, browser));
    return undefined;
  },

  async listPeople({ accounts }) {
    return { items: (await accounts.listPeople()).map(shown) };
  },
  async setRole({ accounts }, { params: { person }, body: { role } }) {
    return shown(await accounts.setRole(person, role));
  },
  async removePerson({ accounts }, { params: { person } }) {
    await accounts.removePerson(person);
    return undefined;
  },
  async invite({ accounts }, { body }, { caller }) {
    const { token, expiresAt } = await accounts.invite(body, personOf(caller).id);
    return { token, expiresAt: expiresAt.toISOString() };
  },
  async listAudit({ accounts }, { query: { limit, before } }) {
    const entries = await accounts.listDeeds({ limit, before });
    return {
      items: entries.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
      next: entries.length === limit ? entries.at(-1)!.id : null,
    };
  },

  async listKeys({ accounts }, _, { caller }) {
    return { items: (await accounts.listKeys(personOf(caller).id)).map(shownKey) };
  },
  async createKey({ accounts }, { body }, { caller }) {
    const { key, secret } = await accounts.createKey(signedIn(caller).id, body);
    return { key: shownKey(key), secret };
  },
  async revokeKey({ accounts }, { params: { key } }, { caller }) {
    await accounts.revokeKey(personOf(caller).id, key);
    return undefined;
  },
  async issueToken({ accounts }, { body: { scopes, audience } }, { caller }) {
    const person = personOf(caller);
    const beyond = scopes.filter((scope) => caller.scopes?.includes(scope) === false);
    if (beyond.length > 0)
      throw new AccountError('denied', `the ${caller.via} does not have ${beyond.join(', ')} itself`);
    const { token, expiresAt } = await accounts.issueToken(person.id, { scopes, audience });
    return { token, expiresAt: expiresAt.toISOString() };
  },
  async listTokenKeys({ accounts }) {
    return { keys: await accounts.publicKeys() };
  },
};
