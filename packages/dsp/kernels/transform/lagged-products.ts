// Autocorrelation by its definition, where the lags are few beside the values and single precision is not enough.

/** Lags that are worked on together. */
const LAGS: i32 = 8;

/**
 * products[lag] = sum over i >= lag of values[i] * values[i - lag], each sum in ascending order of i.
 * @param values f32, `count` of them
 * @param products f64, `lags` of them, a multiple of 8 and no more than `count`
 */
export function laggedProducts(values: usize, count: i32, products: usize, lags: i32): void {
  const end = values + ((<usize>count) << 2);
  for (let lag = 0; lag < lags; lag += LAGS) {
    const target = products + ((<usize>lag) << 3);
    // Longer lags begin later: as long as not all have begun, one after the other.
    for (let offset = 0; offset < LAGS; offset++) {
      let sum: f64 = 0;
      for (let i = offset; i < LAGS - 1 && lag + i < count; i++) {
        const at = values + ((<usize>i) << 2);
        sum += <f64>load<f32>(at + ((<usize>lag) << 2)) * <f64>load<f32>(at - ((<usize>offset) << 2));
      }
      store<f64>(target + ((<usize>offset) << 3), sum);
    }
    // Pairs of lags, the longer one first, as values lie in memory.
    let pair0 = swapped(v128.load(target));
    let pair1 = swapped(v128.load(target, 16));
    let pair2 = swapped(v128.load(target, 32));
    let pair3 = swapped(v128.load(target, 48));
    let past = values;
    for (let at = values + ((<usize>(lag + LAGS - 1)) << 2); at < end; at += 4, past += 4) {
      const value = f64x2.splat(<f64>load<f32>(at));
      pair3 = f64x2.add(pair3, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(past))));
      pair2 = f64x2.add(pair2, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(past, 8))));
      pair1 = f64x2.add(pair1, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(past, 16))));
      pair0 = f64x2.add(pair0, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(past, 24))));
    }
    v128.store(target, swapped(pair0));
    v128.store(target, swapped(pair1), 16);
    v128.store(target, swapped(pair2), 32);
    v128.store(target, swapped(pair3), 48);
  }
}

function swapped(pair: v128): v128 {
  return v128.shuffle<f64>(pair, pair, 1, 0);
}
