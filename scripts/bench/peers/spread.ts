/** A figure that was measured in several rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/**
 * How many times one takes what another takes, by the rounds in which both were measured: what disturbs a whole round
 * disturbs both.
 * @param ones as many as `others`, at least one
 */
export function ratioByRound(ones: readonly number[], others: readonly number[]): Spread {
  return spreadOf(ones.map((one, round) => one / others[round]!));
}
