import { API_BASE, type Needs } from '@tutti/contract/api';
import type { Accounts } from '@tutti/workflows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse, wrongRequest } from '../problem-answer.ts';
import { isForwarded, refusalOfElsewhere, type Whereabouts } from './asked-from.ts';
import { type Caller, callerOf, NOBODY, OWN_MACHINE, refusalFor } from './caller.ts';
import { countedAddress, type Rate, RequestRates } from './request-rates.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask; null for whoever does. Where nothing is said, only the owner may. */
    needs?: Needs | null;
    /** The name of the operation: what it changes is noted under it. */
    operation?: string;
  }
  interface FastifyRequest {
    /** Undefined before it is known, and for nobody. */
    caller: Caller | undefined;
  }
}

export interface GuardOptions {
  readonly accounts: Pick<Accounts, 'hasOwner' | 'ofSession' | 'ofBearer' | 'noteDeed'>;
  readonly loopback: boolean;
  readonly publicOrigin: string | undefined;
  /** For each person, and for each address of those who are not known. */
  readonly rate: Rate;
}

/** What is open to the owner alone, unless it says otherwise. */
const CLOSED: Needs = { role: 'owner', scope: 'accounts:write' };
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Stands before all routes: who asks from elsewhere, too often, or for what is not theirs is refused before anything is read.
 * As long as nobody has an account, this machine may do everything, and nobody else anything.
 */
export function guard(app: FastifyInstance, { accounts, loopback, publicOrigin, rate }: GuardOptions): void {
  const rates = new RequestRates(rate);
  let owned = false;
  /** There is always an owner once there was one. */
  const isOwned = async () => {
    owned ||= await accounts.hasOwner();
    return owned;
  };
  const whereabouts = (): Whereabouts => {
    const address = app.server.address();
    return { port: typeof address === 'object' && address ? address.port : 0, loopback, publicOrigin };
  };
  const tooMany = (reply: FastifyReply, request: FastifyRequest, seconds: number) =>
    turnAway(
      reply.header('retry-after', seconds),
      request,
      429,
      'Too many requests',
      `there is room again in ${seconds} s`,
    );

  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const { headers, method, raw } = request;
    const manyHosts = (raw.headersDistinct['host']?.length ?? 0) > 1;
    const refusal = refusalOfElsewhere({ headers, method, manyHosts }, whereabouts());
    if (refusal !== undefined) return turnAway(reply, request, 403, 'Not from elsewhere', refusal);
    return undefined;
  });
  app.addHook('onRequest', async (request, reply) => {
    const { needs = CLOSED } = request.routeOptions.config;
    if (request.is404 || (needs === null && !request.url.startsWith(`${API_BASE}/`))) return undefined;
    if (!(await isOwned())) {
      if (!isForwarded(request)) request.caller = OWN_MACHINE;
      else if (needs !== null)
        return ask(reply, request, 'nobody has an account here yet: only its own machine is answered');
      return undefined;
    }
    const address = `address ${countedAddress(request.ip)}`;
    const wait = rates.wait(address);
    if (wait > 0) return tooMany(reply, request, wait);
    const known = await callerOf(request, accounts);
    if (known === 'unknown' || known.caller.person === null) rates.take(address);
    if (known === 'unknown') {
      return needs === null
        ? undefined
        : ask(reply, request, 'this key or token opens nothing', 'error="invalid_token"');
    }
    const { caller, cookies } = known;
    request.caller = caller;
    if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
    if (caller.person !== null) {
      const own = `person ${caller.person.id}`;
      const pause = rates.wait(own);
      if (pause > 0) return tooMany(reply, request, pause);
      rates.take(own);
    }
    const refusal = needs && refusalFor(caller, needs);
    if (!refusal) return undefined;
    if (caller.role === null) return ask(reply, request, refusal);
    return turnAway(reply, request, 403, 'This is not yours to do', refusal);
  });
  app.addHook('onResponse', async (request, { statusCode: status }) => {
    const { operation } = request.routeOptions.config;
    // What comes too often would fill the tables.
    if (operation === undefined || !CHANGES.has(request.method) || status === 429) return;
    const { person, via } = request.caller ?? NOBODY;
    const [subject = ''] = request.url.split('?');
    await accounts
      .noteDeed({ person, via, address: request.ip, action: operation, subject, status })
      .catch((error: unknown) => request.log.error({ err: error, operation }, 'who did it could not be noted'));
  });
}

/** Asks who it is (RFC 6750, section 3). */
function ask(reply: FastifyReply, request: FastifyRequest, why: string, error?: string): FastifyReply {
  reply.header('www-authenticate', error === undefined ? 'Bearer' : `Bearer ${error}`);
  return turnAway(reply, request, 401, 'Who are you?', why);
}

function turnAway(
  reply: FastifyReply,
  request: FastifyRequest,
  status: number,
  title: string,
  why: string,
): FastifyReply {
  // Of bytes that nobody takes, what has not come yet is not waited for.
  if (request.routeOptions.config.takesBytes && !request.raw.complete) reply.header('connection', 'close');
  return refuse(reply, wrongRequest(status, title, why, request.id));
}
