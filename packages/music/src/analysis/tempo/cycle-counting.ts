/** A way to count moments in cycles of one length, as beats in bars. */
export interface Cycles {
  /** Log-odds collected at the first moments of the cycles, less what slips cost. */
  readonly score: number;
  /** Indices of the moments that begin a cycle, ascending. */
  readonly starts: readonly number[];
}

/**
 * The best way to count moments in cycles (Viterbi): state p is the place in the cycle, and p = 0 collects the odds.
 * Counting may begin anywhere. It may slip at a cost: a cycle may break off, and a moment may be counted twice.
 * @param odds log-odds of each moment to be the first of a cycle, at least one
 * @param length moments in a cycle
 * @param slipCosts of a slip just before each moment; Infinity where there can be none
 */
export function countCycles(odds: Float64Array, length: number, slipCosts: Float64Array): Cycles {
  const count = odds.length;
  const origins = new Int8Array(count * length);
  let before = new Float64Array(length);
  let present = new Float64Array(length);
  before[0] = odds[0]!;
  for (let i = 1; i < count; i++) {
    const cost = slipCosts[i]!;
    for (let place = 0; place < length; place++) {
      let origin = (place + length - 1) % length;
      let top = before[origin]!;
      const slips = place === 0 ? length : 1;
      for (let s = 0; s < slips; s++) {
        const from = place === 0 ? s : place;
        if (before[from]! - cost > top) {
          top = before[from]! - cost;
          origin = from;
        }
      }
      present[place] = top + (place === 0 ? odds[i]! : 0);
      origins[i * length + place] = origin;
    }
    [before, present] = [present, before];
  }
  let place = before.indexOf(Math.max(...before));
  const score = before[place]!;
  const starts: number[] = [];
  for (let i = count - 1; i >= 0; i--) {
    if (place === 0) starts.push(i);
    place = origins[i * length + place]!;
  }
  return { score, starts: starts.reverse() };
}
