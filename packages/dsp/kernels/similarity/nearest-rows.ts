// The rows of a table that are nearest to a query: every one is looked at.

/**
 * The nearest rows by Euclidean distance, nearest first; of equally near ones the earlier first.
 * @param rows f32[count][width], width a multiple of 4
 * @param query f32[width]
 * @param allowed u8[count], or 0 for all of them: a row is passed over where it is 0
 * @param most how many are wanted, at least 1
 * @param places target, i32[most]
 * @param squares target, f32[most]: squared distances
 * @returns how many were found: less than `most` where fewer are allowed
 */
export function nearestRows(
  rows: usize,
  count: i32,
  width: i32,
  query: usize,
  allowed: usize,
  most: i32,
  places: usize,
  squares: usize,
): i32 {
  const bytes = (<usize>width) << 2;
  let found = 0;
  let worst = f32.MAX_VALUE;
  for (let row = 0; row < count; row++, rows += bytes) {
    if (allowed && load<u8>(allowed + row) === 0) continue;
    const square = squaredDistance(rows, query, bytes);
    // Not `>=`: a distance that is no number is no neighbour.
    if (!(square < worst)) continue;
    if (found < most) found++;
    let at = found - 1;
    for (; at > 0 && load<f32>(squares + ((<usize>at - 1) << 2)) > square; at--) {
      const to = (<usize>at) << 2;
      store<f32>(squares + to, load<f32>(squares + to - 4));
      store<i32>(places + to, load<i32>(places + to - 4));
    }
    store<f32>(squares + ((<usize>at) << 2), square);
    store<i32>(places + ((<usize>at) << 2), row);
    if (found === most) worst = load<f32>(squares + ((<usize>most - 1) << 2));
  }
  return found;
}

function squaredDistance(a: usize, b: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const near = f32x4.sub(v128.load(a + at), v128.load(b + at));
    const far = f32x4.sub(v128.load(a + at, 16), v128.load(b + at, 16));
    even = f32x4.add(even, f32x4.mul(near, near));
    odd = f32x4.add(odd, f32x4.mul(far, far));
  }
  if (at < bytes) {
    const last = f32x4.sub(v128.load(a + at), v128.load(b + at));
    even = f32x4.add(even, f32x4.mul(last, last));
  }
  const sum = f32x4.add(even, odd);
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}
