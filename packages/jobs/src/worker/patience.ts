import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../errors.ts';

const FIRST_MILLISECONDS = 250;
const LONGEST_MILLISECONDS = 10_000;

/** Data that cannot be stored, broken rules, wrong statements, limits of a program (PostgreSQL, Appendix A: error codes). */
const REFUSALS = /^(22|23|42|54)/;

/** Whether the database answered, and refused: to ask again would change nothing. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (code.length === 5 && REFUSALS.test(code)) || error.name === 'JobError' || isRefusal(error.cause);
}

/** Waits for a database that went away, and says so once: when it does not answer, and when it does again. */
export class Patience {
  readonly #say: (what: string) => void;
  readonly #place: string;
  #goneSince: number | undefined;
  #delay = FIRST_MILLISECONDS;

  constructor(place: string, say: (what: string) => void) {
    this.#place = place;
    this.#say = say;
  }

  /** Something was answered. @returns whether nothing had been before */
  answered(): boolean {
    if (this.#goneSince === undefined) return false;
    const seconds = (performance.now() - this.#goneSince) / 1000;
    this.#say(`${this.#place} answers again after ${seconds.toFixed(0)} s: going on`);
    this.#goneSince = undefined;
    this.#delay = FIRST_MILLISECONDS;
    return true;
  }

  /** Something failed: waits, longer each time. @throws AbortError when `signal` is aborted */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    if (this.#goneSince === undefined) {
      this.#goneSince = performance.now();
      this.#say(`${this.#place} does not answer (${reasonOf(error)}): waiting for it; what runs goes on`);
    }
    await sleep(this.#delay, undefined, { signal });
    this.#delay = Math.min(LONGEST_MILLISECONDS, this.#delay * 2);
  }
}
