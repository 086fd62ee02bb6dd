/** target[i] = source[i] * gains[i] */
export function applyGains(target: usize, source: usize, gains: usize, frames: i32): void {
  let i = 0;
  for (; i + 4 <= frames; i += 4, target += 16, source += 16, gains += 16) {
    v128.store(target, f32x4.mul(v128.load(source), v128.load(gains)));
  }
  for (; i < frames; i++, target += 4, source += 4, gains += 4)
    store<f32>(target, load<f32>(source) * load<f32>(gains));
}
