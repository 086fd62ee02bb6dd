// One FLAC frame to planar floats (RFC 9639). Finding frames and what lies around them is the caller's work.
import { arenaAllocate } from '../memory/arena';
import { bitsAlign, bitsOpen, bitsOverrun, bitsRead, bitsReadRice, bitsReadSigned, bitsReadUnary } from './bit-reader';
import { FLAC_CRC_BYTES, flacCrc8, flacCrc16, flacCrcTables } from './flac-crc';
import { coefficients, restoreFixed, restoreFixedWide, restoreLinear, restoreLinearWide } from './flac-restore';

/** What `flacDecodeFrame` returns when it does not return the bytes of a frame. */
const NEED_MORE: i32 = 0;
const INVALID: i32 = -1;

@unmanaged
class FlacDecoder {
  tables: usize;
  /** Integers [channels][maximumFrames]. */
  samples: usize;
  /** The same in 64 bits, for the 33-bit side channel of 32-bit streams; 0 when the stream has fewer bits. */
  wide: usize;
  maximumFrames: i32;
  /** From channel to channel. */
  planeBytes: usize;
  maximumChannels: i32;
  /** Of STREAMINFO, for frames whose header refers to it. */
  streamRate: i32;
  streamBits: i32;
  streamBlock: i32;
  // Of the frame that was read last.
  frames: i32;
  channels: i32;
  rate: i32;
  bits: i32;
  assignment: i32;
  /** Number of its first sample. */
  position: f64;
  headerBytes: i32;
}

/** Room for decoding frames of at most `maximumFrames` samples and `maximumChannels` channels; 0 when out of memory. */
export function flacDecoderCreate(
  maximumFrames: i32,
  maximumChannels: i32,
  streamRate: i32,
  streamBits: i32,
  streamBlock: i32,
): usize {
  // Whole vectors, so that the conversion to floats may read past a block's end.
  const planeBytes = ((<usize>maximumFrames + 3) & ~3) << 2;
  const pointer = arenaAllocate(offsetof<FlacDecoder>());
  const tables = arenaAllocate(FLAC_CRC_BYTES);
  const samples = arenaAllocate(planeBytes * <usize>maximumChannels);
  const wide = streamBits > 31 ? arenaAllocate(planeBytes << 1) : 0;
  if (!pointer || !tables || !samples || (streamBits > 31 && !wide)) return 0;
  const decoder = changetype<FlacDecoder>(pointer);
  flacCrcTables(tables);
  decoder.tables = tables;
  decoder.samples = samples;
  decoder.wide = wide;
  decoder.maximumFrames = maximumFrames;
  decoder.planeBytes = planeBytes;
  decoder.maximumChannels = maximumChannels;
  decoder.streamRate = streamRate;
  decoder.streamBits = streamBits;
  decoder.streamBlock = streamBlock;
  return pointer;
}

export function flacFrames(pointer: usize): i32 {
  return changetype<FlacDecoder>(pointer).frames;
}
export function flacChannels(pointer: usize): i32 {
  return changetype<FlacDecoder>(pointer).channels;
}
export function flacRate(pointer: usize): i32 {
  return changetype<FlacDecoder>(pointer).rate;
}
export function flacBits(pointer: usize): i32 {
  return changetype<FlacDecoder>(pointer).bits;
}
export function flacPosition(pointer: usize): f64 {
  return changetype<FlacDecoder>(pointer).position;
}

/**
 * Reads the frame header at `start` (section 9.1). Returns its length in bytes, NEED_MORE when `end` comes first,
 * INVALID when it is none: wrong sync code, reserved value, wrong CRC-8.
 */
function readHeader(decoder: FlacDecoder, start: usize, end: usize): i32 {
  if (start + 2 > end) return NEED_MORE;
  if (load<u8>(start) !== 0xff || (load<u8>(start + 1) & 0xfe) !== 0xf8) return INVALID;
  if (start + 6 > end) return NEED_MORE;
  const variable = load<u8>(start + 1) & 1;
  const third = <i32>load<u8>(start + 2);
  const fourth = <i32>load<u8>(start + 3);
  const blockCode = third >> 4;
  const rateCode = third & 15;
  const sizeCode = (fourth >> 1) & 7;
  decoder.assignment = fourth >> 4;
  if (blockCode === 0 || rateCode === 15 || decoder.assignment > 10 || sizeCode === 3 || fourth & 1) return INVALID;

  // Frame or sample number, coded like UTF-8 in up to seven bytes.
  let p = start + 4;
  const lead = <u32>load<u8>(p++);
  const ones = <i32>clz<u32>(~(lead << 24));
  if (ones === 1 || ones > 7) return INVALID;
  const following = ones === 0 ? 0 : ones - 1;
  if (p + following + 5 > end) return NEED_MORE;
  let number: u64 = ones === 0 ? lead : lead & (0x7f >> ones);
  for (let i = 0; i < following; i++, p++) {
    const byte = <u64>load<u8>(p);
    if ((byte & 0xc0) !== 0x80) return INVALID;
    number = (number << 6) | (byte & 0x3f);
  }

  let frames = 0;
  if (blockCode === 1) frames = 192;
  else if (blockCode < 6) frames = 576 << (blockCode - 2);
  else if (blockCode === 6) frames = <i32>load<u8>(p++) + 1;
  else if (blockCode === 7) {
    frames = <i32>bswap(load<u16>(p)) + 1;
    p += 2;
  } else frames = 256 << (blockCode - 8);

  let rate = decoder.streamRate;
  if (rateCode === 12) rate = <i32>load<u8>(p++) * 1000;
  else if (rateCode === 13 || rateCode === 14) {
    rate = <i32>bswap(load<u16>(p)) * (rateCode === 14 ? 10 : 1);
    p += 2;
  } else if (rateCode > 0) rate = fixedRate(rateCode);

  let bits = decoder.streamBits;
  if (sizeCode > 0) bits = sizeCode < 3 ? 4 + sizeCode * 4 : sizeCode === 7 ? 32 : sizeCode * 4;
  if (flacCrc8(decoder.tables, start, p) !== load<u8>(p)) return INVALID;

  const channels = decoder.assignment < 8 ? decoder.assignment + 1 : 2;
  if (frames > decoder.maximumFrames || channels > decoder.maximumChannels) return INVALID;
  if (bits > 31 && !decoder.wide) return INVALID;
  decoder.frames = frames;
  decoder.channels = channels;
  decoder.rate = rate;
  decoder.bits = bits;
  decoder.position = variable ? <f64>number : <f64>number * <f64>decoder.streamBlock;
  decoder.headerBytes = <i32>(p + 1 - start);
  return decoder.headerBytes;
}

/** Sample rates with a code of their own (table 15). */
function fixedRate(code: i32): i32 {
  switch (code) {
    case 1:
      return 88200;
    case 2:
      return 176400;
    case 3:
      return 192000;
    case 4:
      return 8000;
    case 5:
      return 16000;
    case 6:
      return 22050;
    case 7:
      return 24000;
    case 8:
      return 32000;
    case 9:
      return 44100;
    case 10:
      return 48000;
    default:
      return 96000;
  }
}

/** Residual partitions (section 9.2.7), written behind the warm-up samples. */
function readResidual(target: usize, frames: i32, order: i32): bool {
  const method = bitsRead(2);
  if (method > 1) return false;
  const parameterBits = method === 0 ? 4 : 5;
  const escapeCode: u32 = method === 0 ? 15 : 31;
  const partitionOrder = <i32>bitsRead(4);
  const partitionFrames = frames >> partitionOrder;
  if (partitionFrames << partitionOrder !== frames || partitionFrames < order) return false;
  let p = target + ((<usize>order) << 2);
  for (let partition = 0; partition < 1 << partitionOrder; partition++) {
    const count = partition === 0 ? partitionFrames - order : partitionFrames;
    const parameter = bitsRead(parameterBits);
    if (parameter === escapeCode) {
      const width = <i32>bitsRead(5);
      for (let i = 0; i < count; i++) store<i32>(p + ((<usize>i) << 2), bitsReadSigned(width));
      if (bitsOverrun()) return false;
    } else if (!bitsReadRice(p, count, <i32>parameter)) return false;
    p += (<usize>count) << 2;
  }
  return true;
}

/** One subframe (section 9.2) of `bits` bits; samples land at `target`, or at `wide` when they need 33 bits. */
function readSubframe(decoder: FlacDecoder, target: usize, subframeBits: i32): bool {
  const frames = decoder.frames;
  if (bitsRead(1)) return false;
  const type = <i32>bitsRead(6);
  let wasted = 0;
  if (bitsRead(1)) {
    wasted = bitsReadUnary() + 1;
    if (wasted <= 0 || wasted >= subframeBits) return false;
  }
  const bits = subframeBits - wasted;
  if (bits > 32) return readWideSubframe(decoder, target, type);

  if (type === 0) {
    const value = bitsReadSigned(bits);
    for (let i = 0; i < frames; i++) store<i32>(target + ((<usize>i) << 2), value);
  } else if (type === 1) {
    for (let i = 0; i < frames; i++) {
      store<i32>(target + ((<usize>i) << 2), bitsReadSigned(bits));
      if ((i & 255) === 0 && bitsOverrun()) return false;
    }
  } else if (type >= 8 && type <= 12) {
    const order = type - 8;
    if (order > frames || !readWarmUp(target, order, bits) || !readResidual(target, frames, order)) return false;
    restoreFixed(target, frames, order);
  } else if (type >= 32) {
    const order = type - 31;
    if (order > frames || !readWarmUp(target, order, bits)) return false;
    const precision = <i32>bitsRead(4) + 1;
    const shift = bitsReadSigned(5);
    if (precision === 16 || shift < 0) return false;
    for (let i = 0; i < order; i++) store<i32>(coefficients + ((<usize>i) << 2), bitsReadSigned(precision));
    if (!readResidual(target, frames, order)) return false;
    // The sum fits 32 bits when sample, coefficient and count together do.
    if (bits + precision + (32 - <i32>clz(order - 1)) <= 32) {
      restoreLinear<i32>(target, frames, order, shift);
    } else restoreLinear<i64>(target, frames, order, shift);
  } else return false;
  if (wasted > 0) {
    for (let i = 0; i < frames; i++) {
      const at = target + ((<usize>i) << 2);
      const value = load<i32>(at);
      store<i32>(at, value << wasted);
      if (subframeBits > 32) store<i64>(decoder.wide + ((<usize>i) << 3), (<i64>value) << wasted);
    }
  }
  return !bitsOverrun();
}

function readWarmUp(target: usize, order: i32, bits: i32): bool {
  for (let i = 0; i < order; i++) store<i32>(target + ((<usize>i) << 2), bitsReadSigned(bits));
  return !bitsOverrun();
}

/** The 33-bit side channel of a 32-bit stream: residuals fit 32 bits, samples are kept in 64. */
function readWideSubframe(decoder: FlacDecoder, residual: usize, type: i32): bool {
  const frames = decoder.frames;
  const wide = decoder.wide;
  const order = type === 1 ? frames : type === 0 ? 1 : type >= 32 ? type - 31 : type - 8;
  if (type > 1 && (type < 8 || (type > 12 && type < 32))) return false;
  if (order > frames) return false;
  for (let i = 0; i < order; i++) {
    store<i64>(wide + ((<usize>i) << 3), ((<i64>bitsReadSigned(32)) << 1) | <i64>bitsRead(1));
    if ((i & 255) === 0 && bitsOverrun()) return false;
  }
  if (type === 0) {
    for (let i = 1; i < frames; i++) store<i64>(wide + ((<usize>i) << 3), load<i64>(wide));
  } else if (type >= 8 && type <= 12) {
    if (!readResidual(residual, frames, order)) return false;
    restoreFixedWide(wide, residual, frames, order);
  } else if (type >= 32) {
    const precision = <i32>bitsRead(4) + 1;
    const shift = bitsReadSigned(5);
    if (precision === 16 || shift < 0) return false;
    for (let i = 0; i < order; i++) store<i32>(coefficients + ((<usize>i) << 2), bitsReadSigned(precision));
    if (!readResidual(residual, frames, order)) return false;
    restoreLinearWide(wide, residual, frames, order, shift);
  }
  return !bitsOverrun();
}

/** Undoes left/side, side/right and mid/side (section 4.2). */
function joinStereo(decoder: FlacDecoder, first: usize, second: usize): void {
  const frames = <usize>decoder.frames;
  const assignment = decoder.assignment;
  const wide = decoder.bits === 32 ? decoder.wide : 0;
  for (let i: usize = 0; i < frames; i++) {
    const a = first + (i << 2);
    const b = second + (i << 2);
    if (assignment === 8) {
      const side = wide ? <i32>load<i64>(wide + (i << 3)) : load<i32>(b);
      store<i32>(b, load<i32>(a) - side);
    } else if (assignment === 9) {
      const side = wide ? <i32>load<i64>(wide + (i << 3)) : load<i32>(a);
      store<i32>(a, load<i32>(b) + side);
    } else {
      const side = wide ? load<i64>(wide + (i << 3)) : <i64>load<i32>(b);
      const middle = ((<i64>load<i32>(a)) << 1) | (side & 1);
      store<i32>(a, <i32>((middle + side) >> 1));
      store<i32>(b, <i32>((middle - side) >> 1));
    }
  }
}

/**
 * Decodes the frame that starts at `start` and ends before `end` into planar floats (channel c at
 * `destination + c * strideBytes`). Returns the frame's bytes; 0 when the data ends before the frame does; -1 when
 * there is no valid frame at `start`. Sixteen bytes after `end` must be readable.
 */
export function flacDecodeFrame(pointer: usize, start: usize, end: usize, destination: usize, strideBytes: usize): i32 {
  const decoder = changetype<FlacDecoder>(pointer);
  const header = readHeader(decoder, start, end);
  if (header <= 0) return header;
  bitsOpen(start + header, end);
  const planeBytes = decoder.planeBytes;
  for (let channel = 0; channel < decoder.channels; channel++) {
    const side = (decoder.assignment === 9 && channel === 0) || ((decoder.assignment | 2) === 10 && channel === 1);
    const plane = decoder.samples + <usize>channel * planeBytes;
    if (!readSubframe(decoder, plane, decoder.bits + <i32>side)) return bitsOverrun() ? NEED_MORE : INVALID;
  }
  const footer = bitsAlign();
  if (footer + 2 > end) return NEED_MORE;
  if (flacCrc16(decoder.tables, start, footer) !== <u32>bswap(load<u16>(footer))) return INVALID;
  if (decoder.assignment > 7) joinStereo(decoder, decoder.samples, decoder.samples + planeBytes);
  const scale = f32x4.splat(<f32>(1.0 / <f64>((<u64>1) << (decoder.bits - 1))));
  for (let channel = 0; channel < decoder.channels; channel++) {
    const plane = decoder.samples + <usize>channel * planeBytes;
    const out = destination + <usize>channel * strideBytes;
    // Both areas are padded to whole vectors.
    for (let at: usize = 0; at < (<usize>decoder.frames) << 2; at += 16) {
      v128.store(out + at, f32x4.mul(f32x4.convert_i32x4_s(v128.load(plane + at)), scale));
    }
  }
  return <i32>(footer + 2 - start);
}

/** Address of the next valid frame header at or after `start`, or `end` when there is none before it. */
export function flacFindFrame(pointer: usize, start: usize, end: usize): usize {
  const decoder = changetype<FlacDecoder>(pointer);
  for (let p = start; p + 1 < end; p++) {
    if (load<u8>(p) === 0xff && (load<u8>(p + 1) & 0xfe) === 0xf8 && readHeader(decoder, p, end) >= 0) return p;
  }
  return end;
}
