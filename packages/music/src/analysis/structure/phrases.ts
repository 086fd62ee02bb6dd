/** What a phrase of an unusual length costs, in units of the mean novelty of a bar; eight bars are usual. */
const COSTS: readonly { readonly bars: number; readonly cost: number }[] = [
  { bars: 8, cost: 0 },
  { bars: 4, cost: 1.5 },
  { bars: 16, cost: 2 },
  { bars: 2, cost: 3.5 },
  { bars: 6, cost: 3.5 },
  { bars: 12, cost: 3.5 },
  { bars: 1, cost: 5 },
  { bars: 3, cost: 5 },
  { bars: 5, cost: 5 },
  { bars: 7, cost: 5 },
];
/** A track with fewer bars is counted in fours: four bars then cost nothing, and eight what four cost otherwise. */
const SHORT_BARS = 24;
/** One bar can be worth this many times the mean novelty, no more. */
const MOST_NOVELTY = 4;

/**
 * Divides a row of bars into phrases, mostly of eight bars, so that their starts meet as much novelty as possible.
 * The first phrase may begin at any of the first bars, and the last one may be cut off. Dynamic programming over bars.
 * @param novelty [bars] at least 0
 * @returns first bar of each phrase, ascending
 */
export function phraseStarts(novelty: Float64Array): number[] {
  const bars = novelty.length;
  const usual = bars < SHORT_BARS ? 4 : 8;
  const mean = novelty.reduce((sum, value) => sum + value, 0) / Math.max(1, bars);
  const score = new Float64Array(bars);
  const origin = new Int32Array(bars).fill(-1);
  for (let bar = 0; bar < bars; bar++) {
    let top = bar < usual ? 0 : Number.NEGATIVE_INFINITY;
    for (const { bars: length, cost } of COSTS) {
      const from = bar - length;
      if (from < 0) continue;
      const value = score[from]! - (usual === 4 && length === 4 ? 0 : usual === 4 && length === 8 ? 1.5 : cost);
      if (value > top) {
        top = value;
        origin[bar] = from;
      }
    }
    score[bar] = top + (mean > 0 ? Math.min(MOST_NOVELTY, novelty[bar]! / mean) - 1 : 0);
  }
  let last = Math.max(0, bars - usual);
  for (let bar = last; bar < bars; bar++) if (score[bar]! > score[last]!) last = bar;
  const starts: number[] = [];
  for (let bar = bars > 0 ? last : -1; bar >= 0; bar = origin[bar]!) starts.push(bar);
  starts.reverse();
  // Four bars before the first full phrase are an opening phrase of their own.
  if (starts[0] === 4) starts.unshift(0);
  return starts;
}
