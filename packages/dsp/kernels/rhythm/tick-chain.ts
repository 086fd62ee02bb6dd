// The chain of ticks that meets the most onset strength, by dynamic programming.

/**
 * Each tick collects the pulse under it and costs tightness * ln(interval / period)^2, with the nearest of the local periods
 * around it; a chain may begin anywhere, and ends at the best place within the longest interval before the end.
 * @param pulse f32[count]
 * @param path f32[]: local period in values, one for every `hop` of them; every one large enough that `shortest` of it is
 * at least half a value
 * @param around how many hops before and behind that of a tick its period may be taken from
 * @param shortest ratio of an interval to such a period, and `longest`
 * @param costs scratch, f32[more than the longest interval]
 * @param scores scratch, f32[count], and `origins` i32[count]
 * @param ticks i32[count]: places of the ticks, ascending
 * @returns how many there are
 */
export function tickChain(
  pulse: usize,
  count: i32,
  path: usize,
  hop: i32,
  around: i32,
  tightness: f64,
  shortest: f64,
  longest: f64,
  costs: usize,
  scores: usize,
  origins: usize,
  ticks: usize,
): i32 {
  const hops = (count + hop - 1) / hop;
  let last = 0;
  for (let start = 0, at = 0; start < count; start += hop, at++) {
    const from = max(0, at - around);
    const to = min(hops - 1, at + around);
    let least = periodAt(path, at);
    let most = least;
    for (let i = from; i <= to; i++) {
      least = min(least, periodAt(path, i));
      most = max(most, periodAt(path, i));
    }
    const first = rounded(least * shortest);
    last = rounded(most * longest);
    for (let d = first; d <= last; d++) {
      const octaves = distanceToNearest(<f64>d, path, from, to);
      store<f32>(costs + ((<usize>d) << 2), <f32>(tightness * octaves * octaves));
    }
    for (let t = start, end = min(count, start + hop); t < end; t++) {
      // A score below 0 is not worth carrying on.
      let top: f64 = 0;
      let best = -1;
      for (let d = first, nearest = min(last, t); d <= nearest; d++) {
        const value = <f64>load<f32>(scores + ((<usize>(t - d)) << 2)) - <f64>load<f32>(costs + ((<usize>d) << 2));
        if (value > top) {
          top = value;
          best = t - d;
        }
      }
      store<f32>(scores + ((<usize>t) << 2), <f32>(<f64>load<f32>(pulse + ((<usize>t) << 2)) + top));
      store<i32>(origins + ((<usize>t) << 2), best);
    }
  }
  return backtrack(scores, origins, count, max(0, count - last), ticks);
}

function periodAt(path: usize, hop: i32): f64 {
  return <f64>load<f32>(path + ((<usize>hop) << 2));
}

/** The smallest |ln(interval / period)| over some hops. */
function distanceToNearest(interval: f64, path: usize, from: i32, to: i32): f64 {
  let nearest = Infinity;
  let before: f64 = 0;
  for (let i = from; i <= to; i++) {
    const period = periodAt(path, i);
    // A path mostly stands still.
    if (period === before) continue;
    before = period;
    nearest = min(nearest, Math.abs(Math.log(interval / period)));
  }
  return nearest;
}

/** Half a value counts as a whole one. */
function rounded(value: f64): i32 {
  return <i32>Math.floor(value + 0.5);
}

function backtrack(scores: usize, origins: usize, count: i32, tail: i32, ticks: usize): i32 {
  let found = 0;
  let best = tail;
  for (let t = tail; t < count; t++) {
    if (load<f32>(scores + ((<usize>t) << 2)) > load<f32>(scores + ((<usize>best) << 2))) best = t;
  }
  for (let t = best; t >= 0 && t < count; t = load<i32>(origins + ((<usize>t) << 2))) {
    store<i32>(ticks + ((<usize>found) << 2), t);
    found++;
  }
  for (let low = 0, high = found - 1; low < high; low++, high--) {
    const lowAt = ticks + ((<usize>low) << 2);
    const highAt = ticks + ((<usize>high) << 2);
    const swap = load<i32>(lowAt);
    store<i32>(lowAt, load<i32>(highAt));
    store<i32>(highAt, swap);
  }
  return found;
}
