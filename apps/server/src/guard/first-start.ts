import { isIP } from 'node:net';
import { type Accounts, publicOrigin, type UserLibrary, userAccounts, WorkflowError } from '@tutti/workflows';
import type { FastifyBaseLogger } from 'fastify';
import type { GuardOptions } from './guard.ts';
import type { Rate } from './request-rates.ts';
import { WELCOME_PATH } from './welcome-page.ts';

/** A page of a large library asks for hundreds of pictures at once. */
const USUAL_RATE: Rate = { burst: 1000, perSecond: 50 };

/** Who is let in, as a service begins. */
export interface Entrance {
  readonly accounts: Accounts;
  readonly guarded: Omit<GuardOptions, 'accounts'>;
  /** A link by which the owner makes the first account; undefined when there is an owner. */
  welcomeLink(here: string): Promise<string | undefined>;
}

export interface EntranceOptions {
  /** The address that the service listens on. */
  readonly host: string;
  readonly rate?: Rate | undefined;
  readonly logger: FastifyBaseLogger;
}

/**
 * Opens the accounts of a library, and refuses to be reached by others before there is one.
 * @throws WorkflowError 'denied'
 */
export async function openEntrance(library: UserLibrary, options: EntranceOptions): Promise<Entrance> {
  const { host, rate = USUAL_RATE, logger } = options;
  const accounts = await userAccounts(library, (what) => logger.warn(what));
  const origin = publicOrigin();
  const loopback = isLoopback(host);
  const owned = await accounts.hasOwner();
  if (!owned) requireOwnMachine(loopback, origin);
  if (!loopback && !origin?.startsWith('https:')) {
    logger.warn('passwords and music pass the network as they are: put something before the service that speaks https');
  }
  await accounts.forgetOldDeeds();
  return {
    accounts,
    guarded: { loopback, publicOrigin: origin, rate },
    async welcomeLink(here) {
      return owned ? undefined : `${here}${WELCOME_PATH}#${(await accounts.inviteFirstOwner()).token}`;
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function requireOwnMachine(loopback: boolean, origin: string | undefined): void {
  if (loopback && origin === undefined) return;
  const asked = loopback ? 'TUTTI_PUBLIC_URL is set' : '--host is given';
  throw new WorkflowError(
    'denied',
    `${asked}, and nobody has an account here yet: whoever reached the service could do everything. Start it without, make ` +
      'the owner account by the link that it shows, and start it again',
  );
}
