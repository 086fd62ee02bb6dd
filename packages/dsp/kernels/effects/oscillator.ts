// Phases that go round, in cycles, and the sine of them.

/**
 * What begins at a border of its period begins this much behind it, so that a period of whole frames is not seen a frame late
 * because the sum of its steps was rounded down.
 */
export const BEHIND_BORDER: f64 = 1e-7;

/**
 * sin(2 pi phase) of four phases, in cycles: folded to the quarter around 0, there the series up to the 11th power; error below
 * 1e-7 and what the rounding of the phase adds.
 */
export function sine4(phase: v128): v128 {
  const turn = f32x4.sub(phase, f32x4.nearest(phase));
  // Beyond a quarter the sine runs back: half - |turn| instead, with the sign of the turn.
  const sign = v128.and(turn, i32x4.splat(0x80000000));
  const size = f32x4.abs(turn);
  const folded = v128.or(sign, f32x4.pmin(f32x4.sub(f32x4.splat(0.5), size), size));
  const x = f32x4.mul(f32x4.splat(<f32>(2 * Math.PI)), folded);
  const square = f32x4.mul(x, x);
  let series = f32x4.add(f32x4.splat(<f32>(1 / 362880)), f32x4.mul(square, f32x4.splat(<f32>(-1 / 39916800))));
  series = f32x4.add(f32x4.splat(<f32>(-1 / 5040)), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(<f32>(1 / 120)), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(<f32>(-1 / 6)), f32x4.mul(square, series));
  return f32x4.add(x, f32x4.mul(x, f32x4.mul(square, series)));
}

/** The next phase; it stays below 1. */
export function advancePhase(phase: f64, step: f64): f64 {
  const next = phase + step;
  return next >= 1 ? next - 1 : next;
}
