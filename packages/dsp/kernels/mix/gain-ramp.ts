// Mixing with a gain that moves linearly from sample to sample.

/**
 * destination[i] += source[i] * (gain + step * i) for `frames` samples. The gain of sample i is computed from i, not
 * accumulated, so it carries no rounding drift over a long ramp.
 */
export function mixRamp(destination: usize, source: usize, frames: i32, gain: f32, step: f32): void {
  let lane = f32x4.splat(step);
  lane = f32x4.mul(lane, f32x4(0, 1, 2, 3));
  const base = f32x4.splat(gain);
  const stride = f32x4.splat(step);
  let i = 0;
  for (; i + 4 <= frames; i += 4) {
    const offset = (<usize>i) << 2;
    const gains = f32x4.add(base, f32x4.add(lane, f32x4.mul(stride, f32x4.splat(<f32>i))));
    v128.store(
      destination + offset,
      f32x4.add(v128.load(destination + offset), f32x4.mul(v128.load(source + offset), gains)),
    );
  }
  for (; i < frames; i++) {
    const offset = (<usize>i) << 2;
    store<f32>(
      destination + offset,
      load<f32>(destination + offset) + load<f32>(source + offset) * (gain + step * <f32>i),
    );
  }
}

/** samples[i] *= gain + step * i for `frames` samples, with the same arithmetic as `mixRamp`. */
export function scaleRamp(samples: usize, frames: i32, gain: f32, step: f32): void {
  const lanes = f32x4.mul(f32x4.splat(step), f32x4(0, 1, 2, 3));
  const base = f32x4.splat(gain);
  const stride = f32x4.splat(step);
  let i = 0;
  for (; i + 4 <= frames; i += 4, samples += 16) {
    const gains = f32x4.add(base, f32x4.add(lanes, f32x4.mul(stride, f32x4.splat(<f32>i))));
    v128.store(samples, f32x4.mul(v128.load(samples), gains));
  }
  for (; i < frames; i++, samples += 4) store<f32>(samples, load<f32>(samples) * (gain + step * <f32>i));
}
