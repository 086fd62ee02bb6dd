import type { Needs, Role } from '@tutti/contract/api';
import { ROLES } from '@tutti/contract/api';
import type { Accounts, BrowserHeaders, Person } from '@tutti/workflows';
import type { FastifyRequest } from 'fastify';

/** Whom the service takes somebody for who asks. */
export interface Caller {
  /** Null for nobody who is known. */
  readonly person: Person | null;
  /** Null for somebody who may do nothing yet. */
  readonly role: Role | null;
  /** What a key or a token opens; null where it is none, and all is open. */
  readonly scopes: readonly string[] | null;
  /** By what they are known. */
  readonly via: string;
}

export const NOBODY: Caller = { person: null, role: null, scopes: null, via: 'nothing' };
/** Who asks while nobody has an account: on this machine, all is theirs. */
export const OWN_MACHINE: Caller = { person: null, role: 'owner', scopes: null, via: 'own machine' };

/** Whose it is what a caller asks for: that of the person, or of whoever sits at this machine. */
export function ownerOf({ person }: Caller): string {
  return person?.id ?? 'local';
}

/** A caller, and what the browser is to keep. */
export interface Known {
  readonly caller: Caller;
  readonly cookies: readonly string[];
}

const BEARER = /^Bearer +(\S+)$/i;

export function browserOf({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): BrowserHeaders {
  return { cookie: headers.cookie, userAgent: headers['user-agent'], address: ip };
}

/**
 * Who asks, by a key or a token where there is one, else by a session.
 * @returns 'unknown' where what is shown opens nothing: that is told, and not passed over
 */
export async function callerOf(
  request: Pick<FastifyRequest, 'headers' | 'ip'>,
  accounts: Pick<Accounts, 'ofBearer' | 'ofSession'>,
): Promise<Known | 'unknown'> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const shown = BEARER.exec(authorization)?.[1];
    const found = shown === undefined ? undefined : await accounts.ofBearer(shown);
    if (!found) return 'unknown';
    const { person, scopes, via } = found;
    return { caller: { person, role: person.role, scopes, via }, cookies: [] };
  }
  const found = await accounts.ofSession(browserOf(request));
  if (!found) return { caller: NOBODY, cookies: [] };
  const { person, cookies } = found;
  return { caller: { person, role: person.role, scopes: null, via: 'session' }, cookies };
}

/** Why somebody may not do what needs something; undefined when they may. */
export function refusalFor({ role, scopes, via }: Caller, needs: Needs): string | undefined {
  if (role === null) return 'sign in first, or show a key: Authorization: Bearer KEY';
  if (ROLES.indexOf(role) < ROLES.indexOf(needs.role)) return `this is for the role ${needs.role}; yours is ${role}`;
  if (scopes === null || scopes.includes(needs.scope)) return undefined;
  return `this needs the scope ${needs.scope}; the ${via} has ${scopes.join(', ')}`;
}
