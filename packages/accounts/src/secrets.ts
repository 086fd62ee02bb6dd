import { createHash, randomBytes } from 'node:crypto';

/**
 * A secret that nobody guesses: 256 random bits, base64url. Of such a secret a plain digest may be kept; only what people think of
 * needs a slow one.
 */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
