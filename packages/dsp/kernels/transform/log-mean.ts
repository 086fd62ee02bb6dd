import { logarithm4 } from './logarithm';

/** Mantissas in [1, 2) that can be multiplied before the product has to be taken apart again. */
const FACTORS: usize = 64;
const EXPONENT_BIAS: i32 = 127;

/**
 * Mean of ln(values[i] + floor) over `count` values >= 0, a multiple of 4. One logarithm is taken for 64 vectors:
 * exponents are added as integers, mantissas multiplied.
 * @param floor positive and normal
 */
export function meanLogarithm(values: usize, count: i32, floor: f32): f32 {
  const floors = f32x4.splat(floor);
  const one = f32x4.splat(1);
  let exponents = i32x4.splat(0);
  let logarithms = f32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  while (values < end) {
    let product = one;
    for (const stop = min(end, values + (FACTORS << 4)); values < stop; values += 16) {
      const value = f32x4.add(v128.load(values), floors);
      exponents = i32x4.add(exponents, i32x4.shr_u(value, 23));
      const mantissa = v128.or(v128.and(value, i32x4.splat(0x007fffff)), one);
      product = f32x4.mul(product, mantissa);
    }
    logarithms = f32x4.add(logarithms, logarithm4(product));
  }
  let exponent: f64 = 0;
  let logarithm: f64 = 0;
  exponent += <f64>i32x4.extract_lane(exponents, 0) + <f64>i32x4.extract_lane(exponents, 1);
  exponent += <f64>i32x4.extract_lane(exponents, 2) + <f64>i32x4.extract_lane(exponents, 3);
  logarithm += <f64>f32x4.extract_lane(logarithms, 0) + <f64>f32x4.extract_lane(logarithms, 1);
  logarithm += <f64>f32x4.extract_lane(logarithms, 2) + <f64>f32x4.extract_lane(logarithms, 3);
  return <f32>((Math.LN2 * (exponent - <f64>(EXPONENT_BIAS * count)) + logarithm) / <f64>count);
}
