// How the FLAC encoder cuts a residual into partitions, and with which Rice parameter each is written.

const MAXIMUM_PARTITION_ORDER: i32 = 6;

/** Magnitude sums of the partitions of each order, one behind the other: 64 of order 6, then 32, … (u64) */
const sums: usize = memory.data(127 * 8);

/** Where the sums of partition order `order` begin, when `highest` is the finest. */
function sumsOf(order: i32, highest: i32): usize {
  let at = sums;
  for (let finer = highest; finer > order; finer--) at += ((<usize>1) << finer) << 3;
  return at;
}

/** The parameter with the fewest bits for `count` values whose folded magnitudes sum up to `sum`. */
export function flacRiceParameter(sum: u64, count: i32): i32 {
  let parameter = 0;
  // A parameter more costs `count` bits and halves the rest.
  while (parameter < 30 && riceBits(sum, count, parameter + 1) < riceBits(sum, count, parameter)) parameter++;
  return parameter;
}

/** No fewer than the bits that `count` values take: the sum of the rounded is at most the rounded sum. */
function riceBits(sum: u64, count: i32, parameter: i32): u64 {
  return <u64>count * <u64>(parameter + 1) + (sum >> <u64>parameter);
}

/** Sum of the folded magnitudes (2|v|, less one for negatives) of a residual's part. */
function foldedSum(residual: usize, count: i32): u64 {
  const end = residual + ((<usize>count) << 2);
  let sums = i64x2.splat(0);
  for (; residual + 16 <= end; residual += 16) {
    const values = v128.load(residual);
    const folded = v128.xor(i32x4.shl(values, 1), i32x4.shr_s(values, 31));
    sums = i64x2.add(sums, i64x2.add(i64x2.extend_low_i32x4_u(folded), i64x2.extend_high_i32x4_u(folded)));
  }
  let sum = <u64>i64x2.extract_lane(sums, 0) + <u64>i64x2.extract_lane(sums, 1);
  for (; residual < end; residual += 4) {
    const value = load<i32>(residual);
    sum += <u64>(<u32>((value << 1) ^ (value >> 31)));
  }
  return sum;
}

/**
 * Chooses the partition order for a residual of `frames` samples whose first `order` are warm-up, and fills
 * `parameters` (u8, one a partition). Returns bits << 8 | partition order, the bits of all with their parameters.
 */
export function flacPlanPartitions(residual: usize, frames: i32, order: i32, parameters: usize): u64 {
  let highest = 0;
  while (highest < MAXIMUM_PARTITION_ORDER && (frames >> (highest + 1)) << (highest + 1) === frames) {
    if (frames >> (highest + 1) <= max(order, 15)) break;
    highest++;
  }
  const finest = frames >> highest;
  for (let partition = 0; partition < 1 << highest; partition++) {
    const from = partition === 0 ? order : partition * finest;
    const count = (partition + 1) * finest - from;
    store<u64>(sums + ((<usize>partition) << 3), foldedSum(residual + ((<usize>from) << 2), count));
  }
  for (let level = highest - 1; level >= 0; level--) {
    const fine = sumsOf(level + 1, highest);
    const coarse = sumsOf(level, highest);
    for (let partition = 0; partition < 1 << level; partition++) {
      const pair = fine + ((<usize>partition) << 4);
      store<u64>(coarse + ((<usize>partition) << 3), load<u64>(pair) + load<u64>(pair, 8));
    }
  }
  let bestLevel = 0;
  let least: u64 = u64.MAX_VALUE;
  for (let level = 0; level <= highest; level++) {
    let bits: u64 = 6;
    for (let partition = 0; partition < 1 << level; partition++) {
      const count = (frames >> level) - (partition === 0 ? order : 0);
      const sum = load<u64>(sumsOf(level, highest) + ((<usize>partition) << 3));
      bits += 5 + riceBits(sum, count, flacRiceParameter(sum, count));
    }
    if (bits < least) {
      least = bits;
      bestLevel = level;
    }
  }
  for (let partition = 0; partition < 1 << bestLevel; partition++) {
    const count = (frames >> bestLevel) - (partition === 0 ? order : 0);
    const sum = load<u64>(sumsOf(bestLevel, highest) + ((<usize>partition) << 3));
    store<u8>(parameters + <usize>partition, <u8>flacRiceParameter(sum, count));
  }
  return (least << 8) | <u64>bestLevel;
}
