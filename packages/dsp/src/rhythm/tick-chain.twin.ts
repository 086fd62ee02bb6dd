import type { TickChainOptions } from './tick-chain.ts';

/** The periods that may hold at a place. */
function periodsAt(path: Float32Array, place: number, { hop, around }: TickChainOptions): Float32Array {
  const own = Math.floor(place / hop);
  return path.subarray(Math.max(0, own - around), own + around + 1);
}

/** The definition, plainly: what a chain of ticks is worth, without the costs of its first. */
export function chainWorth(
  pulse: Float32Array,
  path: Float32Array,
  ticks: ArrayLike<number>,
  options: TickChainOptions,
): number {
  return Array.from(ticks).reduce((sum, tick, i) => {
    const costs = Array.from(periodsAt(path, tick, options), (period) =>
      i > 0 ? options.tightness * Math.log((tick - ticks[i - 1]!) / period) ** 2 : 0,
    );
    return sum + pulse[tick]! - Math.min(...costs);
  }, 0);
}

/** The best worth of any chain that ends near the end, by trying for each place every place before it. */
export function bestWorthTwin(pulse: Float32Array, path: Float32Array, options: TickChainOptions): number {
  const { tightness, shortest, longest } = options;
  const worths: number[] = [];
  let last = 0;
  for (let t = 0; t < pulse.length; t++) {
    const periods = periodsAt(path, t, options);
    last = Math.round(Math.max(...periods) * longest);
    let before = 0;
    for (let d = Math.round(Math.min(...periods) * shortest); d <= last && d <= t; d++) {
      for (const period of periods) {
        before = Math.max(before, worths[t - d]! - tightness * Math.log(d / period) ** 2);
      }
    }
    worths.push(pulse[t]! + before);
  }
  return Math.max(...worths.slice(-last));
}
