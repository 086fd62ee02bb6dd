// Logarithm of four floats at once. x = m 2^e with m in [sqrt(1/2), sqrt(2)), and ln m = 2 artanh(s), s = (m-1)/(m+1),
// by the first four terms of its series; the first omitted one is below 3e-8.

const LN_2: f32 = <f32>Math.LN2;

/**
 * Natural logarithm of four positive normal floats; error below 2e-7 of the result or of 1, whichever is larger.
 * Zero, negative, subnormal and infinite lanes give a finite value without meaning, or NaN.
 */
export function logarithm4(x: v128): v128 {
  // Moving the exponent's border to sqrt(1/2) = 0x3f3504f3 keeps m around 1.
  const moved = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(moved, 23));
  const mantissa = i32x4.add(v128.and(moved, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const square = f32x4.mul(s, s);
  let series = f32x4.add(f32x4.splat(2 / 5), f32x4.mul(square, f32x4.splat(2 / 7)));
  series = f32x4.add(f32x4.splat(2 / 3), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(2), f32x4.mul(square, series));
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(LN_2)), f32x4.mul(s, series));
}

/** target[i] = ln(1 + gain * sqrt(power[i])) for `count` values >= 0, a multiple of 4. */
export function compressAmplitude(power: usize, target: usize, count: i32, gain: f32): void {
  const gains = f32x4.splat(gain);
  const one = f32x4.splat(1);
  for (const end = power + ((<usize>count) << 2); power < end; power += 16, target += 16) {
    v128.store(target, logarithm4(f32x4.add(one, f32x4.mul(gains, f32x4.sqrt(v128.load(power))))));
  }
}

/** values[i] = 10 log10(scale * values[i] + floor), within 2e-5 dB, for `count` values >= 0, a multiple of 4. */
export function powerToDecibels(values: usize, count: i32, scale: f32, floor: f32): void {
  const scales = f32x4.splat(scale);
  const floors = f32x4.splat(floor);
  const perNeper = f32x4.splat(<f32>(10 / Math.LN10));
  for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
    const power = f32x4.add(f32x4.mul(scales, v128.load(values)), floors);
    v128.store(values, f32x4.mul(perNeper, logarithm4(power)));
  }
}

/** values[i] = sqrt(values[i]) for `count` values >= 0, a multiple of 4. */
export function squareRoots(values: usize, count: i32): void {
  for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
    v128.store(values, f32x4.sqrt(v128.load(values)));
  }
}
