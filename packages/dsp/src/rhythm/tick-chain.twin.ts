import type { TickChainOptions } from './tick-chain.ts';

/** The definition, plainly: what a chain of ticks is worth, without the costs of its first. */
export function chainWorth(
  pulse: Float32Array,
  path: Float32Array,
  ticks: ArrayLike<number>,
  options: TickChainOptions,
): number {
  const { hop, tightness } = options;
  return Array.from(ticks).reduce((sum, tick, i) => {
    const interval = i > 0 ? tick - ticks[i - 1]! : path[Math.floor(tick / hop)]!;
    return sum + pulse[tick]! - tightness * Math.log(interval / path[Math.floor(tick / hop)]!) ** 2;
  }, 0);
}

/** The best worth of any chain that ends near the end, by trying for each place every place before it. */
export function bestWorthTwin(pulse: Float32Array, path: Float32Array, options: TickChainOptions): number {
  const { hop, tightness, shortest, longest } = options;
  const worths: number[] = [];
  for (let t = 0; t < pulse.length; t++) {
    const period = path[Math.floor(t / hop)]!;
    let before = 0;
    for (let d = Math.round(period * shortest); d <= Math.round(period * longest) && d <= t; d++) {
      before = Math.max(before, worths[t - d]! - tightness * Math.log(d / period) ** 2);
    }
    worths.push(pulse[t]! + before);
  }
  return Math.max(...worths.slice(-Math.round(path.at(-1)! * longest)));
}
