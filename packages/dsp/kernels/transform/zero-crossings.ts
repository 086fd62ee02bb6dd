/**
 * How often the sign changes from one sample to the next, over `count` samples and the one before them; 0 counts as
 * positive.
 * @param samples with one readable sample before
 */
export function zeroCrossings(samples: usize, count: i32): i32 {
  let changes = i32x4.splat(0);
  const end = samples + ((<usize>count) << 2);
  for (; samples + 16 <= end; samples += 16) {
    const signs = v128.xor(v128.load(samples), v128.load(samples - 4));
    changes = i32x4.add(changes, i32x4.shr_u(signs, 31));
  }
  changes = i32x4.add(changes, v128.shuffle<i32>(changes, changes, 2, 3, 0, 1));
  let total = i32x4.extract_lane(changes, 0) + i32x4.extract_lane(changes, 1);
  for (; samples < end; samples += 4) total += <i32>((load<u32>(samples) ^ load<u32>(samples - 4)) >>> 31);
  return total;
}
