import { z } from 'zod';
import type { AccountDatabase } from '../database/account-database.ts';

/** Somebody tried too often: later, perhaps. */
export class TooManyTries extends Error {
  override readonly name = 'TooManyTries';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`too many tries: try again in ${seconds} seconds`);
    this.seconds = seconds;
  }
}

const WINDOW_SECONDS = 3600;
/**
 * Tries in an hour that do not succeed. What one address does to one account counts most, so that nobody can lock out somebody else
 * from afar; 100 for one account is what NIST SP 800-63B-4, section 3.2.2, allows at most.
 */
const MOST = { pair: 10, address: 50, email: 100 } as const;

const counted = z.object({ pair: z.int(), address: z.int(), email: z.int(), seconds: z.int() });

/**
 * Notes a try before it is made, so that tries at the same time count too.
 * @throws TooManyTries
 */
export async function countTry(database: AccountDatabase, email: string, address: string): Promise<void> {
  const name = email.toLowerCase();
  const over = await database.transaction(async (statements) => {
    // One after another: what is counted at the same time would not see each other.
    await statements.run('LOCK TABLE sign_in_try IN SHARE ROW EXCLUSIVE MODE');
    await statements.run('DELETE FROM sign_in_try WHERE tried_at < now() - make_interval(secs => $1)', [
      WINDOW_SECONDS,
    ]);
    const [row] = await statements.rows(
      counted,
      `SELECT count(*) FILTER (WHERE email = $1 AND address = $2)::int AS pair,
         count(*) FILTER (WHERE address = $2)::int AS address, count(*) FILTER (WHERE email = $1)::int AS email,
         ceil($3 - coalesce(extract(epoch FROM now() - min(tried_at)), 0))::int AS seconds
       FROM sign_in_try WHERE email = $1 OR address = $2`,
      [name, address, WINDOW_SECONDS],
    );
    const tries = row!;
    if (tries.pair >= MOST.pair || tries.address >= MOST.address || tries.email >= MOST.email) return tries.seconds;
    await statements.run('INSERT INTO sign_in_try (email, address, tried_at) VALUES ($1, $2, now())', [name, address]);
    return undefined;
  });
  if (over !== undefined) throw new TooManyTries(Math.max(1, over));
}

/** Forgets the tries of somebody who got in. */
export async function forgetTries(database: AccountDatabase, email: string, address: string): Promise<void> {
  await database.run('DELETE FROM sign_in_try WHERE email = $1 AND address = $2', [email.toLowerCase(), address]);
}
