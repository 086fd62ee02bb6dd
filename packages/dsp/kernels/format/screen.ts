// Looks at decoded samples before anything else does: foreign decoders and float files can hold anything.

/** Replaces every sample that is NaN or beyond `limit` in magnitude by 0; returns how many there were. */
export function screenSamples(samples: usize, frames: i32, limit: f32): i32 {
  const limits = f32x4.splat(limit);
  let replaced = 0;
  let i = 0;
  for (; i + 4 <= frames; i += 4) {
    const at = samples + ((<usize>i) << 2);
    const values = v128.load(at);
    // NaN fails the comparison, as does what is too large.
    const good = f32x4.le(f32x4.abs(values), limits);
    if (!i32x4.all_true(good)) {
      v128.store(at, v128.and(values, good));
      replaced += 4 - popcnt(i32x4.bitmask(good));
    }
  }
  for (; i < frames; i++) {
    const at = samples + ((<usize>i) << 2);
    if (!(abs(load<f32>(at)) <= limit)) {
      store<f32>(at, 0);
      replaced++;
    }
  }
  return replaced;
}
