/** Milliseconds of one call. */
function timed(call: () => void): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}

const REFERENCE_LENGTH = 4096;
/** What a pass of the loop takes, roughly: it decides only how many are timed at once. */
const PASS_MILLISECONDS = 0.015;
const reference = Float64Array.from({ length: REFERENCE_LENGTH }, (_, i) => Math.sin(i));

/**
 * A plain loop that the speed of everything is measured in: multiplications and additions over 32 kB of doubles. It is
 * part of what the stored ratios mean: a change of it needs a new baseline.
 */
function referenceLoop(): void {
  let carried = 0;
  for (let i = 0; i < REFERENCE_LENGTH; i++) {
    carried = 0.5 * carried + reference[i]!;
    reference[i] = 0.999 * reference[i]! + 0.001 * carried;
  }
}

/** Calls shorter than this are timed several at once: the clock and the loop around them cost something too. */
const SHORTEST_SPAN_MILLISECONDS = 1;

/**
 * Calls in turn, each for about `roundMilliseconds`, and gives for each its shortest time in milliseconds: what disturbs a
 * call makes it longer, never shorter.
 */
export function shortestTimes(calls: readonly (() => void)[], rounds: number, roundMilliseconds: number): number[] {
  for (const call of calls) call();
  const repeats = calls.map((call) => Math.max(1, Math.ceil(SHORTEST_SPAN_MILLISECONDS / Math.max(timed(call), 1e-3))));
  const shortest = calls.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    calls.forEach((call, i) => {
      const times = repeats[i]!;
      const spans = () => {
        for (let j = 0; j < times; j++) call();
      };
      const end = performance.now() + roundMilliseconds;
      do shortest[i] = Math.min(shortest[i]!, timed(spans) / times);
      while (performance.now() < end);
    });
  }
  return shortest;
}

/**
 * How fast a call is in units of the reference loop. Both are timed in turn, over spans of the same length, so that a busy
 * machine disturbs them alike; looking again brings both nearer to what they take undisturbed.
 */
export class RelativeSpeed {
  readonly #call: () => void;
  #own = Number.POSITIVE_INFINITY;
  #plain = Number.POSITIVE_INFINITY;

  constructor(call: () => void) {
    this.#call = call;
  }

  look(rounds: number): void {
    this.#call();
    const span = Math.max(SHORTEST_SPAN_MILLISECONDS, Math.min(timed(this.#call), timed(this.#call)));
    const passes = Math.ceil(span / PASS_MILLISECONDS);
    const loop = () => {
      for (let i = 0; i < passes; i++) referenceLoop();
    };
    const [own, plain] = shortestTimes([this.#call, loop], rounds, span);
    this.#own = Math.min(this.#own, own!);
    this.#plain = Math.min(this.#plain, plain! / passes);
  }

  /** Shortest time of a pass of the loop so far, in milliseconds. */
  get passMilliseconds(): number {
    return this.#plain;
  }

  /** Time of a pass of the loop, here or as it is known better, over that of the call: more is faster. */
  value(passMilliseconds = this.#plain): number {
    return passMilliseconds / this.#own;
  }
}
