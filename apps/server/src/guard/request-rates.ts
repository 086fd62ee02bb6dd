/** How many requests somebody may make: so many at once, and so many in a second for as long as they like. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Many that are forgotten are worth a look at all. */
const SWEEP_AT = 10_000;

/**
 * Counts requests by who makes them, in this process: a bucket for each, which fills again with time.
 * Source: the token bucket of RFC 2697, section 3.
 */
export class RequestRates {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** @param now seconds that never go back */
  constructor(rate: Rate, now = () => performance.now() / 1000) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Seconds that one must wait; 0 when there is room, and nothing is taken. */
  wait(who: string): number {
    return Math.max(0, Math.ceil((1 - this.#tokens(who)) / this.#rate.perSecond));
  }

  /** Takes one, also where there is none. */
  take(who: string): void {
    if (this.#buckets.size >= SWEEP_AT) this.#sweep();
    this.#buckets.set(who, { tokens: Math.max(-1, this.#tokens(who) - 1), at: this.#now() });
  }

  #tokens(who: string): number {
    const { burst, perSecond } = this.#rate;
    const bucket = this.#buckets.get(who);
    return bucket ? Math.min(burst, bucket.tokens + (this.#now() - bucket.at) * perSecond) : burst;
  }

  #sweep(): void {
    for (const who of [...this.#buckets.keys()]) if (this.#tokens(who) >= this.#rate.burst) this.#buckets.delete(who);
  }
}

/** Who an address counts as: of IPv6, somebody has at least 64 bits to choose from (RFC 6177). */
export function countedAddress(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':');
}
