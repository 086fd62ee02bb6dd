// Planar 32-bit floats to interleaved little-endian integers, as files and hashes want them.

function quantise(value: f32, scale: f64, maximum: f64): i32 {
  // NaN passes through min and max, and the saturating conversion to an integer makes it 0.
  return <i32>nearest<f64>(min<f64>(max<f64>(<f64>value * scale, -maximum - 1.0), maximum));
}

/**
 * Rounds (half to even) and clamps `frames` samples of each channel to signed integers of `sampleBytes` (2 or 3)
 * bytes, interleaved at `destination`.
 */
export function pcmEncode(
  source: usize,
  strideBytes: usize,
  destination: usize,
  frames: i32,
  channels: i32,
  sampleBytes: i32,
): void {
  const frameBytes = <usize>(sampleBytes * channels);
  for (let channel = 0; channel < channels; channel++) {
    let s = source + <usize>channel * strideBytes;
    const end = s + ((<usize>frames) << 2);
    let d = destination + <usize>(channel * sampleBytes);
    if (sampleBytes === 2) {
      for (; s < end; s += 4, d += frameBytes) store<i16>(d, <i16>quantise(load<f32>(s), 32768.0, 32767.0));
    } else {
      for (; s < end; s += 4, d += frameBytes) {
        const value = quantise(load<f32>(s), 8388608.0, 8388607.0);
        store<u16>(d, <u16>value);
        store<u8>(d + 2, <u8>(value >> 16));
      }
    }
  }
}

/** Interleaves 32-bit floats. */
export function pcmInterleave(source: usize, strideBytes: usize, destination: usize, frames: i32, channels: i32): void {
  const frameBytes = <usize>(channels << 2);
  for (let channel = 0; channel < channels; channel++) {
    let s = source + <usize>channel * strideBytes;
    const end = s + ((<usize>frames) << 2);
    let d = destination + <usize>(channel << 2);
    for (; s < end; s += 4, d += frameBytes) store<f32>(d, load<f32>(s));
  }
}

/**
 * Adds triangular dither of two quantisation steps' width (one step is 2^-15) to `frames` samples in place.
 * The generator is xorshift32 (Marsaglia, "Xorshift RNGs", 2003); `seed` must not be 0. Returns its next state.
 */
export function ditherTriangular16(samples: usize, frames: i32, seed: u32): u32 {
  let state = seed;
  const end = samples + ((<usize>frames) << 2);
  for (let s = samples; s < end; s += 4) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    // The two halves of one draw: uniform each on [0, 1), their difference triangular on (-1, 1).
    const noise = <f32>(<i32>(state >> 16) - <i32>(state & 0xffff)) * (1.0 / 65536.0);
    store<f32>(s, load<f32>(s) + noise * (1.0 / 32768.0));
  }
  return state;
}
