// Linear prediction for the FLAC encoder: which coefficients, and what is left over.

/** Highest order; with it, 16-bit sound is predicted in 32-bit arithmetic. */
export const MAXIMUM_ORDER: i32 = 8;

/** A residual takes 31 bits at most. */
const LARGEST_RESIDUAL: i64 = 0x3fffffff;

/** Lags 0 to MAXIMUM_ORDER of the windowed samples' autocorrelation (f64). */
const correlation: usize = memory.data(9 * 8);
/** Levinson's coefficients, order k at row k - 1 (f64[8][8]), and the error that each order leaves (f64[9]). */
const predictors: usize = memory.data(64 * 8);
const errors: usize = memory.data(9 * 8);

/** Adds the magnitudes of four integers to two sums of 64 bits. */
export function addMagnitudes(sums: v128, values: v128): v128 {
  const magnitudes = i32x4.abs(values);
  const pairs = i64x2.add(i64x2.extend_low_i32x4_u(magnitudes), i64x2.extend_high_i32x4_u(magnitudes));
  return i64x2.add(sums, pairs);
}

/** Sum of two sums of 64 bits. */
export function bothOf(sums: v128): u64 {
  return <u64>i64x2.extract_lane(sums, 0) + <u64>i64x2.extract_lane(sums, 1);
}

function addProduct(sums: v128, samples: v128, behind: usize): v128 {
  return f64x2.add(sums, f64x2.mul(samples, v128.load(behind)));
}

function storeCorrelation(lag: usize, sums: v128): void {
  store<f64>(correlation + (lag << 3), f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
}

/** Autocorrelation of `frames` samples (f64, an even number, sixteen zeros before them). */
function correlate(windowed: usize, frames: i32): void {
  const zero = f64x2.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let s4 = zero;
  let s5 = zero;
  let s6 = zero;
  let s7 = zero;
  let s8 = zero;
  const end = windowed + ((<usize>frames) << 3);
  for (let at = windowed; at < end; at += 16) {
    const samples = v128.load(at);
    s0 = addProduct(s0, samples, at);
    s1 = addProduct(s1, samples, at - 8);
    s2 = addProduct(s2, samples, at - 16);
    s3 = addProduct(s3, samples, at - 24);
    s4 = addProduct(s4, samples, at - 32);
    s5 = addProduct(s5, samples, at - 40);
    s6 = addProduct(s6, samples, at - 48);
    s7 = addProduct(s7, samples, at - 56);
    s8 = addProduct(s8, samples, at - 64);
  }
  storeCorrelation(0, s0);
  storeCorrelation(1, s1);
  storeCorrelation(2, s2);
  storeCorrelation(3, s3);
  storeCorrelation(4, s4);
  storeCorrelation(5, s5);
  storeCorrelation(6, s6);
  storeCorrelation(7, s7);
  storeCorrelation(8, s8);
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
  const end = (<usize>frames) << 3;
  for (let at: usize = 0; at + 16 <= end; at += 16) {
    const pair = f64x2.convert_low_i32x4_s(v128.load64_zero(samples + (at >> 1)));
    v128.store(windowed + at, f64x2.mul(pair, v128.load(window + at)));
  }
  if (frames & 1)
    store<f64>(windowed + end - 8, <f64>load<i32>(samples + (end >> 1) - 4) * load<f64>(window + end - 8));
  store<f64>(windowed + end, 0);
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
  } else {
    let tooLarge = i64x2.splat(0);
    for (; i + 4 <= frames; i += 4) {
      const at = samples + ((<usize>i) << 2);
      let low = i64x2.splat(0);
      let high = i64x2.splat(0);
      for (let k = 0; k < order; k++) {
        const c = v128.load32_splat(coefficients + ((<usize>k) << 2));
        const before = v128.load(at - ((<usize>(k + 1)) << 2));
        low = i64x2.add(low, i64x2.extmul_low_i32x4_s(c, before));
        high = i64x2.add(high, i64x2.extmul_high_i32x4_s(c, before));
      }
      const here = v128.load(at);
      low = i64x2.sub(i64x2.extend_low_i32x4_s(here), i64x2.shr_s(low, shift));
      high = i64x2.sub(i64x2.extend_high_i32x4_s(here), i64x2.shr_s(high, shift));
      const larger = i64x2.splat(LARGEST_RESIDUAL);
      tooLarge = v128.or(tooLarge, i64x2.gt_s(i64x2.abs(low), larger));
      tooLarge = v128.or(tooLarge, i64x2.gt_s(i64x2.abs(high), larger));
      v128.store(residual + ((<usize>i) << 2), v128.shuffle<i32>(low, high, 0, 2, 4, 6));
    }
    if (v128.any_true(tooLarge)) return false;
  }
  for (; i < frames; i++) {
    const at = samples + ((<usize>i) << 2);
    let sum: i64 = 0;
    for (let k = 0; k < order; k++) {
      sum += <i64>load<i32>(coefficients + ((<usize>k) << 2)) * <i64>load<i32>(at - ((<usize>(k + 1)) << 2));
    }
    const left = <i64>load<i32>(at) - (sum >> <i64>shift);
    if (left > LARGEST_RESIDUAL || left < -LARGEST_RESIDUAL) return false;
    store<i32>(residual + ((<usize>i) << 2), <i32>left);
  }
  return true;
}

/** The fixed predictor (section 9.2.5) with the smallest sum of magnitudes. */
export function flacBestFixedOrder(samples: usize, frames: i32): i32 {
  if (frames < 8) return 0;
  const end = samples + ((<usize>frames) << 2);
  let sums0 = i64x2.splat(0);
  let sums1 = i64x2.splat(0);
  let sums2 = i64x2.splat(0);
  let sums3 = i64x2.splat(0);
  let sums4 = i64x2.splat(0);
  let at = samples + 16;
  for (; at + 16 <= end; at += 16) {
    const x0 = v128.load(at);
    const x1 = v128.load(at - 4);
    const x2 = v128.load(at - 8);
    const x3 = v128.load(at - 12);
    const d1 = i32x4.sub(x0, x1);
    const before1 = i32x4.sub(x1, x2);
    const oldest1 = i32x4.sub(x2, x3);
    const d2 = i32x4.sub(d1, before1);
    const before2 = i32x4.sub(before1, oldest1);
    const d3 = i32x4.sub(d2, before2);
    const before3 = i32x4.sub(before2, i32x4.sub(oldest1, i32x4.sub(x3, v128.load(at - 16))));
    sums0 = addMagnitudes(sums0, x0);
    sums1 = addMagnitudes(sums1, d1);
    sums2 = addMagnitudes(sums2, d2);
    sums3 = addMagnitudes(sums3, d3);
    sums4 = addMagnitudes(sums4, i32x4.sub(d3, before3));
  }
  let sum0 = bothOf(sums0);
  let sum1 = bothOf(sums1);
  let sum2 = bothOf(sums2);
  let sum3 = bothOf(sums3);
  let sum4 = bothOf(sums4);
  for (; at < end; at += 4) {
    const x0 = load<i32>(at);
    const x1 = load<i32>(at - 4);
    const x2 = load<i32>(at - 8);
    const x3 = load<i32>(at - 12);
    sum0 += abs(x0);
    sum1 += abs(x0 - x1);
    sum2 += abs(x0 - 2 * x1 + x2);
    sum3 += abs(x0 - 3 * (x1 - x2) - x3);
    sum4 += abs(x0 - 4 * (x1 + x3) + 6 * x2 + load<i32>(at - 16));
  }
  const least = min(min(min(sum0, sum1), min(sum2, sum3)), sum4);
  if (least === sum0) return 0;
  if (least === sum1) return 1;
  if (least === sum2) return 2;
  return least === sum3 ? 3 : 4;
}

/** What the fixed predictor of order `order` leaves over, from sample `order` on. */
export function flacFixedResidual(samples: usize, residual: usize, frames: i32, order: i32): void {
  const way = residual - samples;
  const end = samples + ((<usize>frames) << 2);
  let at = samples + ((<usize>order) << 2);
  for (; at + 16 <= end; at += 16) {
    let value = v128.load(at);
    if (order === 1) value = i32x4.sub(value, v128.load(at - 4));
    else if (order === 2) value = i32x4.add(value, i32x4.sub(v128.load(at - 8), i32x4.shl(v128.load(at - 4), 1)));
    else if (order === 3) {
      const between = i32x4.sub(v128.load(at - 8), v128.load(at - 4));
      value = i32x4.add(value, i32x4.sub(i32x4.mul(i32x4.splat(3), between), v128.load(at - 12)));
    } else if (order === 4) {
      const near = i32x4.shl(i32x4.add(v128.load(at - 4), v128.load(at - 12)), 2);
      const middle = i32x4.mul(i32x4.splat(6), v128.load(at - 8));
      value = i32x4.add(value, i32x4.add(i32x4.sub(middle, near), v128.load(at - 16)));
    }
    v128.store(at + way, value);
  }
  for (; at < end; at += 4) {
    let value = load<i32>(at);
    if (order === 1) value -= load<i32>(at - 4);
    else if (order === 2) value += load<i32>(at - 8) - 2 * load<i32>(at - 4);
    else if (order === 3) value += 3 * (load<i32>(at - 8) - load<i32>(at - 4)) - load<i32>(at - 12);
    else if (order === 4)
      value += 6 * load<i32>(at - 8) - 4 * (load<i32>(at - 4) + load<i32>(at - 12)) + load<i32>(at - 16);
    store<i32>(at + way, value);
  }
}
