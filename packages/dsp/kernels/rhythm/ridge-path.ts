// The best path along the ridges of a picture of lags over time (Viterbi).

/**
 * In each column, a state is worth the comb of the row of lags at its period; a move of d states costs cost * d^2.
 * @param values f32[columns][lags]
 * @param periods f32[states] in lags
 * @param multiples how many multiples of a period are looked at, the k-th with weight 1 / k
 * @param reach most states that a path moves from one column to the next
 * @param scores scratch, f32[2][states], the first zeroed
 * @param origins scratch, i8[columns][states]
 * @param path f32[columns]: the period along the best path
 * @returns what the path is worth
 */
export function ridgePath(
  values: usize,
  columns: i32,
  lags: i32,
  periods: usize,
  states: i32,
  multiples: i32,
  reach: i32,
  cost: f64,
  scores: usize,
  origins: usize,
  path: usize,
): f32 {
  let before = scores;
  let present = scores + ((<usize>states) << 2);
  for (let column = 0, row = values; column < columns; column++, row += (<usize>lags) << 2) {
    for (let s = 0; s < states; s++) {
      let top = <f64>load<f32>(before + ((<usize>s) << 2));
      let move = 0;
      for (let d = max(-reach, -s), end = min(reach, states - 1 - s); d <= end; d++) {
        const value = <f64>load<f32>(before + ((<usize>(s + d)) << 2)) - cost * <f64>d * <f64>d;
        if (value > top) {
          top = value;
          move = d;
        }
      }
      const worth = combAt(row, lags, <f64>load<f32>(periods + ((<usize>s) << 2)), multiples);
      store<f32>(present + ((<usize>s) << 2), <f32>(top + worth));
      store<i8>(origins + <usize>(column * states + s), <i8>move);
    }
    const swap = before;
    before = present;
    present = swap;
  }
  let best = 0;
  for (let s = 1; s < states; s++) {
    if (load<f32>(before + ((<usize>s) << 2)) > load<f32>(before + ((<usize>best) << 2))) best = s;
  }
  const score = load<f32>(before + ((<usize>best) << 2));
  for (let column = columns - 1; column >= 0; column--) {
    store<f32>(path + ((<usize>column) << 2), load<f32>(periods + ((<usize>best) << 2)));
    best += <i32>load<i8>(origins + <usize>(column * states + best));
  }
  return score;
}

/** Mean of a row of lags at a period and its multiples, as far as there are lags, the k-th with weight 1 / k. */
function combAt(row: usize, lags: i32, period: f64, multiples: i32): f64 {
  let sum: f64 = 0;
  let weights: f64 = 0;
  for (let k = 1; k <= multiples && <f64>k * period < <f64>(lags - 1); k++) {
    const lag = <f64>k * period;
    const below = <i32>lag;
    const part = lag - <f64>below;
    const at = row + ((<usize>below) << 2);
    sum += (<f64>load<f32>(at) * (1 - part) + <f64>load<f32>(at, 4) * part) / <f64>k;
    weights += 1 / <f64>k;
  }
  return sum / weights;
}
