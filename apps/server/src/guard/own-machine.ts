import type { FastifyRequest } from 'fastify';

/** Names by which a machine calls itself. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Why a request is not one of this machine's own programs or pages; undefined when it is. A page from elsewhere can make a browser
 * on this machine ask, by its own name for this address (DNS rebinding) or across origins: both are told by what the browser says.
 * @param port that the service listens on
 */
export function refusalOfOthers({ headers }: Pick<FastifyRequest, 'headers'>, port: number): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !isOwn(`http://${host}`, port))
    return `this service answers its own machine, not ${JSON.stringify(host ?? '')}`;
  if (origin !== undefined && !isOwn(origin, port)) return `this service is not for pages of ${JSON.stringify(origin)}`;
  return undefined;
}

function isOwn(origin: string, port: number): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol !== 'http:' || !OWN_NAMES.has(url.hostname)) return false;
  return Number(url.port || 80) === port;
}
