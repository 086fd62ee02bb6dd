// Planar 32-bit floats to interleaved little-endian integers, as files and hashes want them.

/**
 * Four samples to integers, rounded half to even and clamped. Scaling by a power of two is exact; NaN passes through
 * minimum and maximum (those of x86, which take one instruction), and the saturating conversion makes it 0.
 */
function quantise4(source: usize, scale: v128, least: v128, most: v128): v128 {
  const scaled = f32x4.mul(v128.load(source), scale);
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.pmin(f32x4.pmax(scaled, least), most)));
}

function quantise(value: f32, scale: f32): i32 {
  return <i32>nearest<f32>(min<f32>(max<f32>(value * scale, -scale), scale - 1));
}

/** 24 bits of one or two channels, the commonest case: four frames at a time. Returns the frames done. */
function encode24(source: usize, strideBytes: usize, destination: usize, frames: i32, channels: i32): i32 {
  const scale = f32x4.splat(8388608.0);
  const least = f32x4.splat(-8388608.0);
  const most = f32x4.splat(8388607.0);
  let d = destination;
  let i = 0;
  for (; i + 4 <= frames; i += 4) {
    const s = source + ((<usize>i) << 2);
    const left = quantise4(s, scale, least, most);
    // Three of every four bytes; the four behind them are written by the next step.
    if (channels === 1) {
      v128.store(d, v128.swizzle(left, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1)));
      d += 12;
    } else {
      const right = quantise4(s + strideBytes, scale, least, most);
      v128.store(d, v128.shuffle<u8>(left, right, 0, 1, 2, 16, 17, 18, 4, 5, 6, 20, 21, 22, 0, 0, 0, 0));
      v128.store(d + 12, v128.shuffle<u8>(left, right, 8, 9, 10, 24, 25, 26, 12, 13, 14, 28, 29, 30, 0, 0, 0, 0));
      d += 24;
    }
  }
  return i;
}

/**
 * Rounds (half to even) and clamps `frames` samples of each channel to signed integers of `sampleBytes` (2 or 3)
 * bytes, interleaved at `destination`. Up to 4 bytes behind them are overwritten.
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
  let first = 0;
  if (sampleBytes === 3 && channels <= 2) first = encode24(source, strideBytes, destination, frames, channels);
  for (let channel = 0; channel < channels; channel++) {
    let s = source + <usize>channel * strideBytes + ((<usize>first) << 2);
    const end = source + <usize>channel * strideBytes + ((<usize>frames) << 2);
    let d = destination + <usize>(channel * sampleBytes) + <usize>first * frameBytes;
    if (sampleBytes === 2) {
      for (; s < end; s += 4, d += frameBytes) store<i16>(d, <i16>quantise(load<f32>(s), 32768.0));
    } else {
      for (; s < end; s += 4, d += frameBytes) {
        const value = quantise(load<f32>(s), 8388608.0);
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
