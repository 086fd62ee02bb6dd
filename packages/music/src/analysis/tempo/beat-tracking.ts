/** What it costs to leave the local period: times the square of the logarithm of the ratio. */
const TIGHTNESS = 150;
const SHORTEST_RATIO = 0.7;
const LONGEST_RATIO = 1.4;

/**
 * The sequence of ticks that meets the most onset strength at intervals near the local period.
 * Source: D. P. W. Ellis, "Beat tracking by dynamic programming", Journal of New Music Research 36(1), 2007; here the
 * period moves along a path.
 * @param pulse onset strength, about 1 in the mean square
 * @param path [columns] local period in frames, one every `hopFrames`
 * @returns frames, ascending
 */
export function trackTicks(pulse: Float32Array, path: Float32Array, hopFrames: number): Int32Array {
  const frames = pulse.length;
  const score = new Float32Array(frames);
  const origin = new Int32Array(frames).fill(-1);
  const costs = new Float32Array(Math.ceil(Math.max(...path) * LONGEST_RATIO) + 1);
  for (let column = 0; column * hopFrames < frames; column++) {
    const period = path[column]!;
    const first = Math.round(period * SHORTEST_RATIO);
    const last = Math.round(period * LONGEST_RATIO);
    for (let d = first; d <= last; d++) costs[d] = TIGHTNESS * Math.log(d / period) ** 2;
    for (let t = column * hopFrames; t < Math.min(frames, (column + 1) * hopFrames); t++) {
      // A chain may begin anywhere: a score below 0 is not worth carrying on.
      let top = 0;
      let best = -1;
      for (let p = t - first, d = first; d <= last && p >= 0; d++, p--) {
        const value = score[p]! - costs[d]!;
        if (value > top) {
          top = value;
          best = p;
        }
      }
      score[t] = pulse[t]! + top;
      origin[t] = best;
    }
  }
  return backtrack(score, origin, Math.max(0, frames - Math.round((path.at(-1) ?? 1) * LONGEST_RATIO)));
}

function backtrack(score: Float32Array, origin: Int32Array, tailStart: number): Int32Array {
  let t = tailStart;
  for (let i = tailStart; i < score.length; i++) if (score[i]! > score[t]!) t = i;
  const ticks: number[] = [];
  for (; t >= 0 && t < score.length; t = origin[t]!) ticks.push(t);
  return Int32Array.from(ticks.reverse());
}
