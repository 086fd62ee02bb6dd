// Linear prediction for the FLAC encoder: which coefficients, and what is left over.

/** Highest order; with it, 16-bit sound is predicted in 32-bit arithmetic. */
export const MAXIMUM_ORDER: i32 = 8;

/** Lags 0 to MAXIMUM_ORDER of the windowed samples' autocorrelation (f64). */
const correlation: usize = memory.data(9 * 8);
/** Levinson's coefficients, order k at row k - 1 (f64[8][8]), and the error that each order leaves (f64[9]). */
const predictors: usize = memory.data(64 * 8);
const errors: usize = memory.data(9 * 8);

/** Autocorrelation of `frames` samples (f64, an even number, sixteen zeros before them). */
function correlate(windowed: usize, frames: i32): void {
  for (let lag = 0; lag <= MAXIMUM_ORDER; lag++) {
    const behind = windowed - ((<usize>lag) << 3);
    let sums = f64x2.splat(0);
    for (let at: usize = 0; at < (<usize>frames) << 3; at += 16) {
      sums = f64x2.add(sums, f64x2.mul(v128.load(windowed + at), v128.load(behind + at)));
    }
    store<f64>(correlation + ((<usize>lag) << 3), f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
  }
}

/** Levinson-Durbin recursion. Returns the highest order that still lowers the error. */
function levinson(): i32 {
  let error = load<f64>(correlation);
  store<f64>(errors, error);
  for (let order = 1; order <= MAXIMUM_ORDER; order++) {
    const row = predictors + ((<usize>(order - 1)) << 6);
    const before = row - 64;
    let sum = load<f64>(correlation + ((<usize>order) << 3));
    for (let i = 1; i < order; i++) {
      sum -= load<f64>(before + ((<usize>(i - 1)) << 3)) * load<f64>(correlation + ((<usize>(order - i)) << 3));
    }
    const reflection = sum / error;
    for (let i = 1; i < order; i++) {
      const mirrored = load<f64>(before + ((<usize>(order - i - 1)) << 3));
      store<f64>(row + ((<usize>(i - 1)) << 3), load<f64>(before + ((<usize>(i - 1)) << 3)) - reflection * mirrored);
    }
    store<f64>(row + ((<usize>(order - 1)) << 3), reflection);
    error *= 1 - reflection * reflection;
    // Rounding may make it vanish for a sound that is predicted exactly.
    if (!(error > 0)) return order - 1;
    store<f64>(errors + ((<usize>order) << 3), error);
  }
  return MAXIMUM_ORDER;
}

/** The order that promises the fewest bits: log2 of the error per sample, and the coefficients' own bits. */
function bestOrder(highest: i32, frames: i32, bits: i32, precision: i32): i32 {
  let best = 0;
  let least: f64 = Infinity;
  for (let order = 1; order <= highest; order++) {
    const variance = load<f64>(errors + ((<usize>order) << 3)) / <f64>frames;
    const perSample = max(0, 0.5 * Math.log2(0.5 * variance * Math.LN2 * Math.LN2));
    const total = perSample * <f64>(frames - order) + <f64>(order * (bits + precision));
    if (total < least) {
      least = total;
      best = order;
    }
  }
  return best;
}

/**
 * Rounds order `order`'s coefficients to integers of `precision` bits at `target`, each carrying on the error of the
 * one before. Returns the shift that they are to be divided by, or -1 when they are too large.
 */
function quantise(order: i32, precision: i32, target: usize): i32 {
  const row = predictors + ((<usize>(order - 1)) << 6);
  let largest: f64 = 0;
  for (let i = 0; i < order; i++) largest = max(largest, abs(load<f64>(row + ((<usize>i) << 3))));
  if (!(largest > 0)) return -1;
  const exponent = <i32>Math.floor(Math.log2(largest)) + 1;
  const shift = min(precision - 1 - exponent, 15);
  if (shift < 0) return -1;
  const most: f64 = <f64>((1 << (precision - 1)) - 1);
  let carried: f64 = 0;
  for (let i = 0; i < order; i++) {
    const exact = load<f64>(row + ((<usize>i) << 3)) * <f64>(1 << shift) + carried;
    const rounded = min(max(nearest(exact), -most - 1), most);
    carried = exact - rounded;
    store<i32>(target + ((<usize>i) << 2), <i32>rounded);
  }
  return shift;
}

/**
 * Finds a predictor for `frames` integers.
 * @param window f64[frames]
 * @param windowed f64 of an even number of at least `frames`, sixteen zeros before it and one behind
 * @param coefficients receives i32[8]
 * @returns order << 8 | shift, or 0 when prediction does not help
 */
export function flacFindPredictor(
  samples: usize,
  frames: i32,
  bits: i32,
  precision: i32,
  window: usize,
  windowed: usize,
  coefficients: usize,
): i32 {
  for (let i = 0; i < frames; i++) {
    const at = (<usize>i) << 3;
    store<f64>(windowed + at, <f64>load<i32>(samples + (at >> 1)) * load<f64>(window + at));
  }
  store<f64>(windowed + ((<usize>frames) << 3), 0);
  correlate(windowed, (frames + 1) & ~1);
  if (!(load<f64>(correlation) > 0)) return 0;
  const order = bestOrder(levinson(), frames, bits, precision);
  if (order === 0) return 0;
  const shift = quantise(order, precision, coefficients);
  return shift < 0 ? 0 : (order << 8) | shift;
}

/**
 * What order `order` leaves over, from sample `order` on. False when a value needs more than 31 bits.
 * @param narrow 32-bit sums are enough
 */
export function flacPredictionResidual(
  samples: usize,
  residual: usize,
  frames: i32,
  coefficients: usize,
  order: i32,
  shift: i32,
  narrow: bool,
): bool {
  let i = order;
  if (narrow) {
    for (; i + 4 <= frames; i += 4) {
      const at = samples + ((<usize>i) << 2);
      let sum = i32x4.splat(0);
      for (let k = 0; k < order; k++) {
        const c = v128.load32_splat(coefficients + ((<usize>k) << 2));
        sum = i32x4.add(sum, i32x4.mul(c, v128.load(at - ((<usize>(k + 1)) << 2))));
      }
      v128.store(residual + ((<usize>i) << 2), i32x4.sub(v128.load(at), i32x4.shr_s(sum, shift)));
    }
  }
  for (; i < frames; i++) {
    const at = samples + ((<usize>i) << 2);
    let sum: i64 = 0;
    for (let k = 0; k < order; k++) {
      sum += <i64>load<i32>(coefficients + ((<usize>k) << 2)) * <i64>load<i32>(at - ((<usize>(k + 1)) << 2));
    }
    const left = <i64>load<i32>(at) - (sum >> <i64>shift);
    if (left > 0x3fffffff || left < -0x3fffffff) return false;
    store<i32>(residual + ((<usize>i) << 2), <i32>left);
  }
  return true;
}

/** The fixed predictor (section 9.2.5) with the smallest sum of magnitudes. */
export function flacBestFixedOrder(samples: usize, frames: i32): i32 {
  let sum0: u64 = 0;
  let sum1: u64 = 0;
  let sum2: u64 = 0;
  let sum3: u64 = 0;
  let sum4: u64 = 0;
  if (frames < 8) return 0;
  let last0 = load<i32>(samples, 12);
  let last1 = last0 - load<i32>(samples, 8);
  let last2 = last1 - (load<i32>(samples, 8) - load<i32>(samples, 4));
  let last3 = last2 - (load<i32>(samples, 8) - 2 * load<i32>(samples, 4) + load<i32>(samples));
  for (let i = 4; i < frames; i++) {
    const d0 = load<i32>(samples + ((<usize>i) << 2));
    const d1 = d0 - last0;
    const d2 = d1 - last1;
    const d3 = d2 - last2;
    const d4 = d3 - last3;
    sum0 += abs(d0);
    sum1 += abs(d1);
    sum2 += abs(d2);
    sum3 += abs(d3);
    sum4 += abs(d4);
    last0 = d0;
    last1 = d1;
    last2 = d2;
    last3 = d3;
  }
  const least = min(min(min(sum0, sum1), min(sum2, sum3)), sum4);
  if (least === sum0) return 0;
  if (least === sum1) return 1;
  if (least === sum2) return 2;
  return least === sum3 ? 3 : 4;
}

/** What the fixed predictor of order `order` leaves over, from sample `order` on. */
export function flacFixedResidual(samples: usize, residual: usize, frames: i32, order: i32): void {
  for (let i = <usize>order; i < <usize>frames; i++) {
    const at = samples + (i << 2);
    let value = load<i32>(at);
    if (order === 1) value -= load<i32>(at - 4);
    else if (order === 2) value += load<i32>(at - 8) - 2 * load<i32>(at - 4);
    else if (order === 3) value += 3 * (load<i32>(at - 8) - load<i32>(at - 4)) - load<i32>(at - 12);
    else if (order === 4)
      value += 6 * load<i32>(at - 8) - 4 * (load<i32>(at - 4) + load<i32>(at - 12)) + load<i32>(at - 16);
    store<i32>(residual + (i << 2), value);
  }
}
