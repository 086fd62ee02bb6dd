// One step of the state-variable filter of `svf-design.ts`, in each lane. With v = x - s2:

/** s1 + (c2 v - c1 s1) */
export function nextFirst(s1: v128, v: v128, c1: v128, c2: v128): v128 {
  return f32x4.add(s1, f32x4.sub(f32x4.mul(c2, v), f32x4.mul(c1, s1)));
}

/** s2 + (c2 s1 + c3 v) */
export function nextSecond(s1: v128, s2: v128, v: v128, c2: v128, c3: v128): v128 {
  return f32x4.add(s2, f32x4.add(f32x4.mul(c2, s1), f32x4.mul(c3, v)));
}

/** d0 x + (d1 s1 + d2 s2) */
export function output(x: v128, s1: v128, s2: v128, d0: v128, d1: v128, d2: v128): v128 {
  return f32x4.add(f32x4.mul(d0, x), f32x4.add(f32x4.mul(d1, s1), f32x4.mul(d2, s2)));
}
