// How alike two rows of 16-bit words are, bit by bit, at every shift of one against the other.

/**
 * Bits that differ between two rows of words. A word that is 0 says nothing: where either is 0 nothing is counted.
 * @param a u16[count], and after it either more words or 8 zeros
 * @param b likewise; where one row goes on after `count`, the other one has its zeros there
 * @param tally target, u32[2]: bits that differ, words that were compared
 */
export function bitDifferences(a: usize, b: usize, count: i32, tally: usize): void {
  let differing = i32x4.splat(0);
  let compared = i32x4.splat(0);
  const end = a + ((<usize>count) << 1);
  for (; a < end; a += 16, b += 16) {
    const x = v128.load(a);
    const y = v128.load(b);
    const zero = i16x8.splat(0);
    const said = v128.and(i16x8.ne(x, zero), i16x8.ne(y, zero));
    const bits = i8x16.popcnt(v128.and(v128.xor(x, y), said));
    differing = i32x4.add(differing, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bits)));
    compared = i32x4.sub(compared, i32x4.extadd_pairwise_i16x8_s(said));
  }
  store<i32>(tally, laneSum(differing));
  store<i32>(tally, laneSum(compared), 4);
}

function laneSum(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    (i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3))
  );
}

/**
 * The shift at which two rows agree in the most bits beyond half of those compared; of equals, the first.
 * @param a u16[aCount] and 8 zeros
 * @param b u16[bCount] and 8 zeros
 * @param tally as of `bitDifferences`, at that shift
 * @returns the word of `a` that lies under the first one of `b`: from 1 - bCount to aCount - 1
 */
export function bestShift(a: usize, aCount: i32, b: usize, bCount: i32, tally: usize): i32 {
  let best = 0;
  let most = i32.MIN_VALUE;
  for (let shift = 1 - bCount; shift < aCount; shift++) {
    const from = max(0, shift);
    const to = min(aCount, shift + bCount);
    bitDifferences(a + ((<usize>from) << 1), b + ((<usize>(from - shift)) << 1), to - from, tally);
    const agreement = 8 * load<i32>(tally, 4) - load<i32>(tally);
    if (agreement > most) {
      most = agreement;
      best = shift;
    }
  }
  const from = max(0, best);
  const count = min(aCount, best + bCount) - from;
  bitDifferences(a + ((<usize>from) << 1), b + ((<usize>(from - best)) << 1), count, tally);
  return best;
}
