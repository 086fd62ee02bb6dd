import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Names by which a machine calls itself. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
/** What something that hands on the requests of others says of them. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;
/** Methods that change nothing (RFC 9110, section 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Where a service can be asked. */
export interface Whereabouts {
  readonly port: number;
  /** Only its own machine reaches it. */
  readonly loopback: boolean;
  /** Under which people know it, where something stands before it. */
  readonly publicOrigin: string | undefined;
}

export interface Asking extends Pick<FastifyRequest, 'headers' | 'method'> {
  /** More than one: then what stands before the service may have read another one than this (RFC 9112, section 3.2). */
  readonly manyHosts: boolean;
}

/**
 * Why a request is none of those that the service is for; undefined when it is one. A page from elsewhere can make a browser ask
 * by its own name for this address (DNS rebinding) or across origins: both are told by what the browser says. An address of
 * numbers has no name that could be bound anew.
 * Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Identifying the source origin"; Fetch Metadata (W3C, 2025).
 */
export function refusalOfElsewhere(
  { headers, method, manyHosts }: Asking,
  whereabouts: Whereabouts,
): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || manyHosts || !isOwnHost(host, whereabouts)) {
    return `this service answers under its own names, not ${JSON.stringify(host ?? '')}`;
  }
  if (origin !== undefined && !isOwnOrigin(origin, host, whereabouts)) {
    return `this service is not for pages of ${JSON.stringify(origin)}`;
  }
  const site = headers['sec-fetch-site'];
  if (!SAFE.has(method) && (site === 'cross-site' || site === 'same-site')) {
    return 'this service is not for pages of others';
  }
  return undefined;
}

/** Whether somebody hands on what somebody else asks. */
export function isForwarded({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return FORWARDED.some((name) => headers[name] !== undefined);
}

function isOwnHost(host: string, { port, loopback, publicOrigin }: Whereabouts): boolean {
  const url = urlOf(`http://${host}`);
  if (!url || url.host !== host.toLowerCase().replace(/:80$/, '')) return false;
  if (publicOrigin !== undefined && host.toLowerCase() === new URL(publicOrigin).host) return true;
  if (Number(url.port || 80) !== port) return false;
  return OWN_NAMES.has(url.hostname) || (!loopback && isIP(url.hostname.replace(/^\[|\]$/g, '')) > 0);
}

function isOwnOrigin(origin: string, host: string, { port, publicOrigin }: Whereabouts): boolean {
  if (origin === publicOrigin) return true;
  const url = urlOf(origin);
  if (url?.protocol !== 'http:') return false;
  return url.host === host.toLowerCase() || (OWN_NAMES.has(url.hostname) && Number(url.port || 80) === port);
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
