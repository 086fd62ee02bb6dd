// One block of samples to one FLAC frame (RFC 9639). What lies around the frames is the caller's work.
import { arenaAllocate } from '../memory/arena';
import { bitsCreate, bitsFinish, bitsWrite, bitsWriteRice, bitsWriteSigned, bitsWriteUnary } from './bit-writer';
import { FLAC_CRC_BYTES, flacCrc8, flacCrc16, flacCrcTables } from './flac-crc';
import { flacPlanPartitions } from './flac-partition';
import {
  addMagnitudes,
  bothOf,
  flacBestFixedOrder,
  flacFindPredictor,
  flacFixedResidual,
  flacPredictionResidual,
  MAXIMUM_ORDER,
} from './flac-predict';

/** Zeros that the autocorrelation reads before the first sample, in bytes. */
const LEAD: usize = 16 * 8;

@unmanaged
class FlacEncoder {
  tables: usize;
  maximumFrames: i32;
  channels: i32;
  bits: i32;
  rateCode: i32;
  /** i32[channels + 2][maximumFrames]: the channels, then middle and side. */
  samples: usize;
  planeBytes: usize;
  /** i32[maximumFrames] each */
  fixedResidual: usize;
  linearResidual: usize;
  /** f64[maximumFrames] */
  window: usize;
  /** Samples that `window` was made for. */
  windowFrames: i32;
  windowed: usize;
  coefficients: usize;
  fixedParameters: usize;
  linearParameters: usize;
  frameNumber: u32;
}

/** 0 when out of memory. `bits` is 16 or 24. */
export function flacEncoderCreate(maximumFrames: i32, channels: i32, bits: i32, sampleRate: i32): usize {
  const pointer = arenaAllocate(offsetof<FlacEncoder>());
  if (!pointer) return 0;
  const encoder = changetype<FlacEncoder>(pointer);
  encoder.tables = arenaAllocate(FLAC_CRC_BYTES);
  encoder.maximumFrames = maximumFrames;
  encoder.channels = channels;
  encoder.bits = bits;
  encoder.rateCode = rateCodeOf(sampleRate);
  encoder.planeBytes = ((<usize>maximumFrames) << 2) + 64;
  encoder.samples = arenaAllocate(encoder.planeBytes * <usize>(channels + 2));
  encoder.fixedResidual = arenaAllocate(encoder.planeBytes);
  encoder.linearResidual = arenaAllocate(encoder.planeBytes);
  encoder.window = arenaAllocate((<usize>maximumFrames) << 3);
  encoder.windowed = arenaAllocate(LEAD + ((<usize>maximumFrames) << 3) + 32);
  encoder.coefficients = arenaAllocate((<usize>MAXIMUM_ORDER) << 2);
  encoder.fixedParameters = arenaAllocate(64);
  encoder.linearParameters = arenaAllocate(64);
  if (!encoder.tables || !encoder.samples || !encoder.fixedResidual || !encoder.linearResidual) return 0;
  if (!encoder.window || !encoder.windowed || !encoder.coefficients) return 0;
  if (!encoder.fixedParameters || !encoder.linearParameters) return 0;
  flacCrcTables(encoder.tables);
  return pointer;
}

/** Rates with a code of their own (table 15); 0 refers to STREAMINFO. */
function rateCodeOf(rate: i32): i32 {
  switch (rate) {
    case 88200:
      return 1;
    case 176400:
      return 2;
    case 192000:
      return 3;
    case 8000:
      return 4;
    case 16000:
      return 5;
    case 22050:
      return 6;
    case 24000:
      return 7;
    case 32000:
      return 8;
    case 44100:
      return 9;
    case 48000:
      return 10;
    case 96000:
      return 11;
    default:
      return 0;
  }
}

/** A Welch window, which needs no cosine: 1 - x² over the block. */
function fillWindow(encoder: FlacEncoder, frames: i32): void {
  if (encoder.windowFrames === frames) return;
  const half = <f64>(frames - 1) / 2;
  for (let i = 0; i < frames; i++) {
    const x = (<f64>i - half) / (half + 1);
    store<f64>(encoder.window + ((<usize>i) << 3), 1 - x * x);
  }
  encoder.windowFrames = frames;
}

/** Two doubles times `scale`, rounded half to even and clamped, in the lower lanes. */
function quantised(values: v128, scale: v128, most: v128): v128 {
  const clamped = f64x2.min(f64x2.max(f64x2.mul(values, scale), f64x2.neg(scale)), most);
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(clamped));
}

/** Floats to integers, rounded half to even and clamped, as `pcmEncode` does it; up to three more than there are frames. */
function quantiseBlock(encoder: FlacEncoder, source: usize, strideBytes: usize, frames: i32): void {
  const largest = <f64>(1 << (encoder.bits - 1));
  const scale = f64x2.splat(largest);
  const most = f64x2.splat(largest - 1);
  for (let channel = 0; channel < encoder.channels; channel++) {
    const from = source + <usize>channel * strideBytes;
    const to = encoder.samples + <usize>channel * encoder.planeBytes;
    for (let at: usize = 0; at < (<usize>frames) << 2; at += 16) {
      const low = quantised(f64x2.promote_low_f32x4(v128.load64_zero(from + at)), scale, most);
      const high = quantised(f64x2.promote_low_f32x4(v128.load64_zero(from + at, 8)), scale, most);
      v128.store(to + at, v128.shuffle<i64>(low, high, 0, 2));
    }
  }
}

/** Sum of the second differences' magnitudes: how hard a channel is to predict. */
function roughness(samples: usize, frames: i32): u64 {
  const end = samples + ((<usize>frames) << 2);
  let sums = i64x2.splat(0);
  let at = samples + 8;
  for (; at + 16 <= end; at += 16) {
    const twice = i32x4.shl(v128.load(at - 4), 1);
    sums = addMagnitudes(sums, i32x4.add(i32x4.sub(v128.load(at), twice), v128.load(at - 8)));
  }
  let sum = bothOf(sums);
  for (; at < end; at += 4) sum += abs(load<i32>(at) - 2 * load<i32>(at - 4) + load<i32>(at - 8));
  return sum;
}

/** Chooses how two channels are coded (section 4.2) and fills middle and side: 1 independent, 8, 9 or 10. */
function chooseStereo(encoder: FlacEncoder, frames: i32): i32 {
  const left = encoder.samples;
  const right = left + encoder.planeBytes;
  const middle = right + encoder.planeBytes;
  const side = middle + encoder.planeBytes;
  for (let at: usize = 0; at < (<usize>frames) << 2; at += 16) {
    const l = v128.load(left + at);
    const r = v128.load(right + at);
    v128.store(middle + at, i32x4.shr_s(i32x4.add(l, r), 1));
    v128.store(side + at, i32x4.sub(l, r));
  }
  const l = roughness(left, frames);
  const r = roughness(right, frames);
  const m = roughness(middle, frames);
  const s = roughness(side, frames);
  const least = min(min(l + r, l + s), min(r + s, m + s));
  if (least === l + r) return 1;
  if (least === m + s) return 10;
  return least === l + s ? 8 : 9;
}

function isConstant(samples: usize, frames: i32): bool {
  const first = load<i32>(samples);
  for (let i: usize = 1; i < <usize>frames; i++) if (load<i32>(samples + (i << 2)) !== first) return false;
  return true;
}

/** How many of the lowest bits are 0 in every sample, which then are shifted out (section 9.2.2). */
function shiftOutZeros(samples: usize, frames: i32): i32 {
  const end = samples + ((<usize>frames) << 2);
  let four = i32x4.splat(0);
  let at = samples;
  for (; at + 16 <= end; at += 16) four = v128.or(four, v128.load(at));
  const two = v128.or(four, v128.shuffle<i64>(four, four, 1, 0));
  let all = i32x4.extract_lane(two, 0) | i32x4.extract_lane(two, 1);
  for (; at < end; at += 4) all |= load<i32>(at);
  const zeros = <i32>ctz(all);
  if (zeros > 0) {
    for (let i: usize = 0; i < <usize>frames; i++) {
      store<i32>(samples + (i << 2), load<i32>(samples + (i << 2)) >> zeros);
    }
  }
  return zeros;
}

function writeSubframeHeader(type: u32, wasted: i32): void {
  bitsWrite((type << 1) | (wasted > 0 ? 1 : 0), 8);
  if (wasted > 0) bitsWriteUnary(wasted - 1);
}

function writeWarmUp(samples: usize, count: i32, bits: i32): void {
  for (let i = 0; i < count; i++) bitsWriteSigned(load<i32>(samples + ((<usize>i) << 2)), bits);
}

function writeResidual(residual: usize, frames: i32, order: i32, partitionOrder: i32, parameters: usize): void {
  let largest = 0;
  for (let i = 0; i < 1 << partitionOrder; i++) largest = max(largest, <i32>load<u8>(parameters + <usize>i));
  const wide = largest > 14;
  bitsWrite(wide ? 1 : 0, 2);
  bitsWrite(partitionOrder, 4);
  const partitionFrames = frames >> partitionOrder;
  for (let partition = 0; partition < 1 << partitionOrder; partition++) {
    const from = partition === 0 ? order : partition * partitionFrames;
    const parameter = <i32>load<u8>(parameters + <usize>partition);
    bitsWrite(parameter, wide ? 5 : 4);
    bitsWriteRice(residual + ((<usize>from) << 2), (partition + 1) * partitionFrames - from, parameter);
  }
}

/** Writes one channel in the cheapest of the forms that were tried: constant, fixed, linear prediction, verbatim. */
function writeSubframe(encoder: FlacEncoder, samples: usize, frames: i32, channelBits: i32): void {
  if (isConstant(samples, frames)) {
    writeSubframeHeader(0, 0);
    bitsWriteSigned(load<i32>(samples), channelBits);
    return;
  }
  const wasted = shiftOutZeros(samples, frames);
  const bits = channelBits - wasted;
  const verbatim = <u64>frames * <u64>bits;

  const fixedOrder = flacBestFixedOrder(samples, frames);
  flacFixedResidual(samples, encoder.fixedResidual, frames, fixedOrder);
  const fixedPlan = flacPlanPartitions(encoder.fixedResidual, frames, fixedOrder, encoder.fixedParameters);
  const fixedBits = (fixedPlan >> 8) + <u64>(fixedOrder * bits);

  const precision = encoder.bits > 16 ? 15 : 12;
  let order = 0;
  let shift = 0;
  let linearPlan: u64 = 0;
  let linearBits = u64.MAX_VALUE;
  if (frames > 4 * MAXIMUM_ORDER) {
    const windowed = encoder.windowed + LEAD;
    fillWindow(encoder, frames);
    const found = flacFindPredictor(samples, frames, bits, precision, encoder.window, windowed, encoder.coefficients);
    order = found >> 8;
    shift = found & 0xff;
    const narrow = bits + precision + 3 <= 32;
    if (
      order > 0 &&
      flacPredictionResidual(samples, encoder.linearResidual, frames, encoder.coefficients, order, shift, narrow)
    ) {
      linearPlan = flacPlanPartitions(encoder.linearResidual, frames, order, encoder.linearParameters);
      linearBits = (linearPlan >> 8) + <u64>(order * (bits + precision) + 9);
    }
  }

  if (verbatim <= fixedBits && verbatim <= linearBits) {
    writeSubframeHeader(1, wasted);
    writeWarmUp(samples, frames, bits);
  } else if (fixedBits <= linearBits) {
    writeSubframeHeader(8 + fixedOrder, wasted);
    writeWarmUp(samples, fixedOrder, bits);
    writeResidual(encoder.fixedResidual, frames, fixedOrder, <i32>(fixedPlan & 0xff), encoder.fixedParameters);
  } else {
    writeSubframeHeader(31 + order, wasted);
    writeWarmUp(samples, order, bits);
    bitsWrite(precision - 1, 4);
    bitsWrite(shift, 5);
    for (let i = 0; i < order; i++) {
      bitsWriteSigned(load<i32>(encoder.coefficients + ((<usize>i) << 2)), precision);
    }
    writeResidual(encoder.linearResidual, frames, order, <i32>(linearPlan & 0xff), encoder.linearParameters);
  }
}

/** The frame's number in the manner of UTF-8 (section 9.1.5). */
function writeNumber(number: u32): void {
  if (number < 0x80) {
    bitsWrite(number, 8);
    return;
  }
  let following = 1;
  while (number >> (5 * following + 6) && following < 5) following++;
  bitsWrite(((0xff80 >> following) & 0xff) | (number >> (6 * following)), 8);
  for (let i = following - 1; i >= 0; i--) bitsWrite(0x80 | ((number >> (6 * i)) & 0x3f), 8);
}

function writeHeader(encoder: FlacEncoder, frames: i32, assignment: i32, target: usize): void {
  bitsWrite(0xfff8, 16);
  bitsWrite(frames === 4096 ? 12 : 7, 4);
  bitsWrite(encoder.rateCode, 4);
  bitsWrite(assignment, 4);
  bitsWrite(encoder.bits === 16 ? 4 : 6, 3);
  bitsWrite(0, 1);
  writeNumber(encoder.frameNumber++);
  if (frames !== 4096) bitsWrite(frames - 1, 16);
  const end = bitsFinish();
  store<u8>(end, <u8>flacCrc8(encoder.tables, target, end));
  bitsCreate(end + 1);
}

/**
 * Encodes `frames` frames of planar floats (channel c at `source + c * strideBytes`) as the next frame of the stream at
 * `target`. All frames but the last have the same length. Returns its bytes: at most those of the samples as they are,
 * with a bit more for each of a side channel, and 64.
 */
export function flacEncodeFrame(pointer: usize, source: usize, strideBytes: usize, frames: i32, target: usize): i32 {
  const encoder = changetype<FlacEncoder>(pointer);
  quantiseBlock(encoder, source, strideBytes, frames);
  const plane = encoder.planeBytes;
  const assignment = encoder.channels === 2 ? chooseStereo(encoder, frames) : encoder.channels - 1;
  bitsCreate(target);
  writeHeader(encoder, frames, assignment, target);
  for (let channel = 0; channel < encoder.channels; channel++) {
    let from = <usize>channel;
    let bits = encoder.bits;
    if ((assignment === 9 && channel === 0) || ((assignment | 2) === 10 && channel === 1)) {
      from = 3;
      bits += 1;
    } else if (assignment === 10) from = 2;
    writeSubframe(encoder, encoder.samples + from * plane, frames, bits);
  }
  const footer = bitsFinish();
  store<u16>(footer, bswap(<u16>flacCrc16(encoder.tables, target, footer)));
  return <i32>(footer + 2 - target);
}
