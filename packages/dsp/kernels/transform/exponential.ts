// Exponential of four floats at once: e^x = 2^n e^r with n the whole number nearest to x / ln 2, and e^r by its series up
// to the sixth power; the first omitted term is below 1.3e-7 of the result.

/** ln 2 as a float of few digits, so that its multiples are exact, and the rest. */
const LN_2_HIGH: f32 = 0.693359375;
const LN_2_LOW: f32 = <f32>(Math.LN2 - 0.693359375);

/** e^x of four floats in [-80, 80]; error below 3e-7 of the result, and e^0 is exactly 1. */
export function exponential4(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN_2_HIGH))), f32x4.mul(n, f32x4.splat(LN_2_LOW)));
  let series = f32x4.add(f32x4.splat(1 / 120), f32x4.mul(r, f32x4.splat(1 / 720)));
  series = f32x4.add(f32x4.splat(1 / 24), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1 / 6), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(r, series));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(series, power);
}

/** values[i] = e^values[i] for `count` values in [-80, 80], a multiple of 4. */
export function exponentials(values: usize, count: i32): void {
  for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
    v128.store(values, exponential4(v128.load(values)));
  }
}
