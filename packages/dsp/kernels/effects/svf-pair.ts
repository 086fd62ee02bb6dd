import { nextFirst, nextSecond, output } from '../filter/svf-step';

/**
 * A step of the state-variable filter of `svf-design.ts` for channels that share coefficients and a v128, both kept in memory: the
 * coefficients may glide.
 * @param c six floats
 * @param states two v128
 */
export function stepFilter(c: usize, states: usize, x: v128): v128 {
  const s1 = v128.load(states);
  const s2 = v128.load(states, 16);
  const c2 = v128.load32_splat(c, 4);
  const v = f32x4.sub(x, s2);
  v128.store(states, nextFirst(s1, v, v128.load32_splat(c), c2));
  v128.store(states, nextSecond(s1, s2, v, c2, v128.load32_splat(c, 8)), 16);
  return output(x, s1, s2, v128.load32_splat(c, 12), v128.load32_splat(c, 16), v128.load32_splat(c, 20));
}
