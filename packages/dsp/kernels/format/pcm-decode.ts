// Interleaved PCM as it lies in files, to planar 32-bit floats. Integers are scaled by 2^-(bits - 1), so full scale is
// [-1, 1) and every integer of up to 24 bits survives exactly.

const SCALE_8: f32 = 1.0 / 128.0;
const SCALE_16: f32 = 1.0 / 32768.0;
const SCALE_24: f32 = 1.0 / 8388608.0;
const SCALE_32: f32 = 1.0 / 2147483648.0;

// A-law and mu-law expansion to 16-bit linear: ITU-T G.711, sections 3 and 4 (tables 1a to 2b in closed form).
function expandAlaw(code: u32): f32 {
  const value = code ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = ((value & 15) << 4) + 8;
  const magnitude = exponent > 0 ? (mantissa + 256) << (exponent - 1) : mantissa;
  return <f32>(value & 0x80 ? <i32>magnitude : -(<i32>magnitude)) * SCALE_16;
}

function expandMulaw(code: u32): f32 {
  const value = ~code & 0xff;
  const magnitude = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
  return <f32>(value & 0x80 ? -(<i32>magnitude) : <i32>magnitude) * SCALE_16;
}

// Reads three bytes without touching a fourth.
function signed24(low: usize, middle: usize, high: usize): f32 {
  return <f32>(((<i32>load<i8>(high)) << 16) | ((<i32>load<u8>(middle)) << 8) | <i32>load<u8>(low)) * SCALE_24;
}

/** The commonest case, 16-bit little-endian stereo, four frames at a time. Returns the frames done. */
function decodeStereo16(source: usize, left: usize, right: usize, frames: i32): i32 {
  const scale = f32x4.splat(SCALE_16);
  let i = 0;
  for (; i + 4 <= frames; i += 4) {
    const at = (<usize>i) << 2;
    const pairs = v128.load(source + at);
    v128.store(left + at, f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(pairs, 16), 16)), scale));
    v128.store(right + at, f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(pairs, 16)), scale));
  }
  return i;
}

/**
 * Converts `frames` frames of `channels` interleaved samples at `source` to planar floats: channel c goes to
 * `destination + c * strideBytes`. `encoding` counts through the list in `src/format/pcm.ts`.
 */
export function pcmDecode(
  source: usize,
  destination: usize,
  strideBytes: usize,
  frames: i32,
  channels: i32,
  encoding: i32,
  sampleBytes: i32,
): void {
  let first = 0;
  if (encoding === 2 && channels === 2) first = decodeStereo16(source, destination, destination + strideBytes, frames);
  const frameBytes = <usize>(sampleBytes * channels);
  for (let channel = 0; channel < channels; channel++) {
    let p = source + <usize>(channel * sampleBytes) + <usize>first * frameBytes;
    let d = destination + <usize>channel * strideBytes + ((<usize>first) << 2);
    const end = destination + <usize>channel * strideBytes + ((<usize>frames) << 2);
    switch (encoding) {
      case 0:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>(<i32>load<u8>(p) - 128) * SCALE_8);
        break;
      case 1:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>load<i8>(p) * SCALE_8);
        break;
      case 2:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>load<i16>(p) * SCALE_16);
        break;
      case 3:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>(<i16>bswap(load<u16>(p))) * SCALE_16);
        break;
      case 4:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, signed24(p, p + 1, p + 2));
        break;
      case 5:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, signed24(p + 2, p + 1, p));
        break;
      case 6:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>load<i32>(p) * SCALE_32);
        break;
      case 7:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>(<i32>bswap(load<u32>(p))) * SCALE_32);
        break;
      case 8:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, load<f32>(p));
        break;
      case 9:
        for (; d < end; d += 4, p += frameBytes) store<u32>(d, bswap(load<u32>(p)));
        break;
      case 10:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>load<f64>(p));
        break;
      case 11:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, <f32>reinterpret<f64>(bswap(load<u64>(p))));
        break;
      case 12:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, expandAlaw(load<u8>(p)));
        break;
      case 13:
        for (; d < end; d += 4, p += frameBytes) store<f32>(d, expandMulaw(load<u8>(p)));
        break;
    }
  }
}
