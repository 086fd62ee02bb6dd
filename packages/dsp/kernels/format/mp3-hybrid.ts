// Alias reduction and the inverse modified cosine transform of layer III (ISO/IEC 11172-3, 2.4.3.4.10). Coefficients lie
// in 18 rows of subbands, so that four neighbouring subbands are one vector and no step needs a shuffle.
//
// The transform of 36 follows from a type-IV cosine transform of 18, that from a type-III one of 18 (multiply by twice
// the cosine of the output's angle, which is divided out in the window), that from two of 9. (Britanak, "A survey of
// efficient MDCT implementations in MP3 audio coding standard", Signal Processing 91, 2011)
import { arenaAllocate } from '../memory/arena';
import { COLUMNS } from './mp3-bands';

const ROW_BYTES: usize = COLUMNS * 4;

/** Subband samples: 32 rows of up to 36 time slots, and room for a whole vector at the end. */
export const SLOTS: i32 = 40;

const NORMAL: i32 = 0;
const SHORT: i32 = 2;

@unmanaged
export class Mp3Hybrid {
  /** f32[8] each: the butterflies' cosines and sines. */
  aliasCosines: usize;
  aliasSines: usize;
  /** f32[4][36]: windows by block type, with the sign and the divisor of each output; type 2 is not used. */
  windows: usize;
  /** f32[9]: half secants of the inner transform. */
  secants: usize;
  /** f32[12][6]: the short transform with its window. */
  shortMatrix: usize;
  /** v128[90]: outputs of the vector of subbands at hand, those of a second kind, and scratch. */
  work: usize;
}

/** Coefficients of the alias reduction (table B.9). */
const ALIAS: usize = memory.data<f64>([-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037]);

function put(at: usize, index: i32, value: f64): void {
  store<f32>(at + ((<usize>index) << 2), <f32>value);
}

/** Output i of the 36 is this one of the type-IV transform's 18, negated when it is below 0 (minus one). */
function foldedIndex(i: i32): i32 {
  if (i < 9) return 9 + i;
  if (i < 27) return -1 - (26 - i);
  return -1 - (i - 27);
}

/** The window of block type `type` at sample i (2.4.3.4.10.3). */
function windowAt(type: i32, i: i32): f64 {
  const long = Math.sin((Math.PI / 36) * (<f64>i + 0.5));
  if (type === 1 && i >= 18) {
    if (i < 24) return 1;
    return i < 30 ? Math.sin((Math.PI / 12) * (<f64>i - 18 + 0.5)) : 0;
  }
  if (type === 3 && i < 18) {
    if (i < 6) return 0;
    return i < 12 ? Math.sin((Math.PI / 12) * (<f64>i - 6 + 0.5)) : 1;
  }
  return long;
}

export function mp3HybridCreate(): Mp3Hybrid {
  const hybrid = changetype<Mp3Hybrid>(arenaAllocate(offsetof<Mp3Hybrid>()));
  hybrid.aliasCosines = arenaAllocate(32);
  hybrid.aliasSines = arenaAllocate(32);
  for (let i = 0; i < 8; i++) {
    const c = load<f64>(ALIAS + ((<usize>i) << 3));
    put(hybrid.aliasCosines, i, 1 / Math.sqrt(1 + c * c));
    put(hybrid.aliasSines, i, c / Math.sqrt(1 + c * c));
  }
  hybrid.windows = arenaAllocate(4 * 36 * 4);
  for (let type = 0; type < 4; type++) {
    for (let i = 0; i < 36; i++) {
      const folded = foldedIndex(i);
      const n = folded < 0 ? -1 - folded : folded;
      const divisor = 2 * Math.cos((Math.PI / 72) * (2 * <f64>n + 1));
      put(hybrid.windows, type * 36 + i, ((folded < 0 ? -1 : 1) * windowAt(type, i)) / divisor);
    }
  }
  hybrid.secants = arenaAllocate(36);
  for (let n = 0; n < 9; n++) put(hybrid.secants, n, 0.5 / Math.cos((Math.PI / 36) * (2 * <f64>n + 1)));
  hybrid.shortMatrix = arenaAllocate(12 * 6 * 4);
  for (let i = 0; i < 12; i++) {
    for (let k = 0; k < 6; k++) {
      const angle = (Math.PI / 24) * (2 * <f64>i + 7) * (2 * <f64>k + 1);
      put(hybrid.shortMatrix, i * 6 + k, Math.sin((Math.PI / 12) * (<f64>i + 0.5)) * Math.cos(angle));
    }
  }
  hybrid.work = arenaAllocate(90 * 16);
  return hybrid;
}

/** Butterflies across the first `boundaries` borders of subbands, for four borders at once. */
export function mp3ReduceAlias(hybrid: Mp3Hybrid, coefficients: usize, boundaries: i32): void {
  for (let i: usize = 0; i < 8; i++) {
    const cosine = v128.load32_splat(hybrid.aliasCosines + (i << 2));
    const sine = v128.load32_splat(hybrid.aliasSines + (i << 2));
    const upper = coefficients + (17 - i) * ROW_BYTES;
    const lower = coefficients + i * ROW_BYTES + 4;
    for (let border = 0; border < boundaries; border += 4) {
      const at = (<usize>border) << 2;
      const u = v128.load(upper + at);
      const d = v128.load(lower + at);
      let newU = f32x4.sub(f32x4.mul(u, cosine), f32x4.mul(d, sine));
      let newD = f32x4.add(f32x4.mul(d, cosine), f32x4.mul(u, sine));
      if (border + 4 > boundaries) {
        // Borders beyond the last one stay as they are.
        const inside = i32x4.lt_s(i32x4.add(i32x4.splat(border), i32x4(0, 1, 2, 3)), i32x4.splat(boundaries));
        newU = v128.bitselect(newU, u, inside);
        newD = v128.bitselect(newD, d, inside);
      }
      v128.store(upper + at, newU);
      v128.store(lower + at, newD);
    }
  }
}

// The even and odd halves of a type-III cosine transform of 9, cos(p (2n + 1) π / 18).
const C10: f32 = 0.984807753012208;
const C20: f32 = 0.9396926207859084;
const C30: f32 = 0.8660254037844387;
const C40: f32 = 0.766044443118978;
const C50: f32 = 0.6427876096865394;
const C70: f32 = 0.3420201433256687;
const C80: f32 = 0.17364817766693041;

function times(value: v128, factor: f32): v128 {
  return f32x4.mul(value, f32x4.splat(factor));
}

/** Type-III cosine transform of nine vectors in place: f[n] = Σ t[p] cos(π p (2n + 1) / 18). */
function transform9(at: usize): void {
  const t0 = v128.load(at);
  const t1 = v128.load(at, 16);
  const t2 = v128.load(at, 32);
  const t3 = v128.load(at, 48);
  const t4 = v128.load(at, 64);
  const t5 = v128.load(at, 80);
  const t6 = v128.load(at, 96);
  const t7 = v128.load(at, 112);
  const t8 = v128.load(at, 128);
  const base = f32x4.add(t0, times(t6, 0.5));
  const e0 = f32x4.add(base, f32x4.add(times(t2, C20), f32x4.add(times(t4, C40), times(t8, C80))));
  const e2 = f32x4.sub(base, f32x4.sub(f32x4.add(times(t2, C80), times(t4, C20)), times(t8, C40)));
  const e3 = f32x4.sub(base, f32x4.add(f32x4.sub(times(t2, C40), times(t4, C80)), times(t8, C20)));
  const rest = f32x4.sub(t0, t6);
  const cross = f32x4.sub(f32x4.sub(t2, t4), t8);
  const e1 = f32x4.add(rest, times(cross, 0.5));
  const e4 = f32x4.sub(rest, cross);
  const t3c = times(t3, C30);
  const o0 = f32x4.add(f32x4.add(times(t1, C10), t3c), f32x4.add(times(t5, C50), times(t7, C70)));
  const o1 = times(f32x4.sub(f32x4.sub(t1, t5), t7), C30);
  const o2 = f32x4.add(f32x4.sub(times(t1, C50), t3c), f32x4.sub(times(t7, C10), times(t5, C70)));
  const o3 = f32x4.add(f32x4.sub(times(t1, C70), t3c), f32x4.sub(times(t5, C10), times(t7, C50)));
  v128.store(at, f32x4.add(e0, o0));
  v128.store(at, f32x4.add(e1, o1), 16);
  v128.store(at, f32x4.add(e2, o2), 32);
  v128.store(at, f32x4.add(e3, o3), 48);
  v128.store(at, e4, 64);
  v128.store(at, f32x4.sub(e3, o3), 80);
  v128.store(at, f32x4.sub(e2, o2), 96);
  v128.store(at, f32x4.sub(e1, o1), 112);
  v128.store(at, f32x4.sub(e0, o0), 128);
}

/** 18 rows of four subbands at `source` to 36 windowed outputs at `out`. `scratch` takes 18 vectors. */
function transformLong(hybrid: Mp3Hybrid, source: usize, type: i32, out: usize, scratch: usize): void {
  // Sums of neighbours; the even ones to the first nine, sums of neighbouring odd ones to the second nine.
  const odd = scratch + 9 * 16;
  let before = v128.load(source);
  let oddBefore = f32x4.splat(0);
  v128.store(scratch, before);
  for (let row: usize = 1; row < 18; row++) {
    const value = v128.load(source + row * ROW_BYTES);
    const sum = f32x4.add(value, before);
    before = value;
    const at = (row >> 1) << 4;
    if (row & 1) {
      v128.store(odd + at, f32x4.add(sum, oddBefore));
      oddBefore = sum;
    } else v128.store(scratch + at, sum);
  }
  transform9(scratch);
  transform9(odd);
  // The 18 outputs, in place: n in the first nine, 17 - n in the second.
  for (let n: usize = 0; n < 9; n++) {
    const e = v128.load(scratch + (n << 4));
    const o = f32x4.mul(v128.load(odd + (n << 4)), v128.load32_splat(hybrid.secants + (n << 2)));
    v128.store(scratch + (n << 4), f32x4.add(e, o));
    v128.store(odd + (n << 4), f32x4.sub(e, o));
  }
  const window = hybrid.windows + <usize>(type * 36 * 4);
  for (let n: usize = 0; n < 9; n++) {
    // Output 17 - n of the transform is at odd[n]; output n at scratch[n] (see foldedIndex).
    const low = v128.load(scratch + (n << 4));
    const high = v128.load(odd + (n << 4));
    weigh(out, window, 8 - n, high);
    weigh(out, window, 9 + n, high);
    weigh(out, window, 26 - n, low);
    weigh(out, window, 27 + n, low);
  }
}

function weigh(out: usize, window: usize, i: usize, value: v128): void {
  v128.store(out + (i << 4), f32x4.mul(value, v128.load32_splat(window + (i << 2))));
}

/** Three short transforms, laid over one another at 6, 12 and 18 (2.4.3.4.10.3). */
function transformShort(hybrid: Mp3Hybrid, source: usize, out: usize): void {
  for (let i: usize = 0; i < 36; i++) v128.store(out + (i << 4), f32x4.splat(0));
  for (let window: usize = 0; window < 3; window++) {
    const rows = source + window * ROW_BYTES;
    for (let i: usize = 0; i < 12; i++) {
      const matrix = hybrid.shortMatrix + i * 24;
      let sum = f32x4.mul(v128.load(rows), v128.load32_splat(matrix));
      for (let k: usize = 1; k < 6; k++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(rows + 3 * k * ROW_BYTES), v128.load32_splat(matrix + (k << 2))));
      }
      const at = out + ((6 + 6 * window + i) << 4);
      v128.store(at, f32x4.add(v128.load(at), sum));
    }
  }
}

/**
 * Transforms one granule of one channel, adds what the last one left in `overlap` (f32[18][32]), leaves its own second
 * half there, and writes 18 time slots of 32 subbands to `subbands` (f32[32][SLOTS]), odd slots of odd subbands negated.
 * @param normalSubbands how many subbands at the bottom have the normal window whatever `type` says, less than four
 * @param usedSubbands those above have only zeros
 */
export function mp3Synthesise(
  hybrid: Mp3Hybrid,
  coefficients: usize,
  type: i32,
  normalSubbands: i32,
  usedSubbands: i32,
  overlap: usize,
  subbands: usize,
): void {
  const out = hybrid.work;
  const other = hybrid.work + 36 * 16;
  const flip = i32x4(0, <i32>0x80000000, 0, <i32>0x80000000);
  for (let subband: i32 = 0; subband < 32; subband += 4) {
    const source = coefficients + ((<usize>subband) << 2);
    const held = overlap + ((<usize>subband) << 2);
    const target = subbands + <usize>(subband * SLOTS * 4);
    const silent = subband >= usedSubbands;
    if (silent) {
      for (let i: usize = 0; i < 36; i++) v128.store(out + (i << 4), f32x4.splat(0));
    } else {
      if (type === SHORT) transformShort(hybrid, source, out);
      else transformLong(hybrid, source, type, out, other);
      if (subband < normalSubbands) {
        transformLong(hybrid, source, NORMAL, other, hybrid.work + 72 * 16);
        const normal = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(normalSubbands));
        for (let i: usize = 0; i < 36; i++) {
          const at = out + (i << 4);
          v128.store(at, v128.bitselect(v128.load(other + (i << 4)), v128.load(at), normal));
        }
      }
    }
    for (let i: usize = 0; i < 18; i++) {
      const sum = f32x4.add(v128.load(out + (i << 4)), v128.load(held + i * 128));
      v128.store(out + (i << 4), i & 1 ? v128.xor(sum, flip) : sum);
      v128.store(held + i * 128, v128.load(out + ((i + 18) << 4)));
    }
    // Rows of subbands to rows of time. The last step covers slots 16 to 19; the two beyond are overwritten later.
    for (let slot: usize = 0; slot < 20; slot += 4) {
      transpose4(out + (slot << 4), target + (slot << 2), <usize>(SLOTS * 4));
    }
  }
}

/** Four vectors at `source`, transposed, to four rows. */
export function transpose4(source: usize, target: usize, rowBytes: usize): void {
  const a = v128.load(source);
  const b = v128.load(source, 16);
  const c = v128.load(source, 32);
  const d = v128.load(source, 48);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(target + rowBytes, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(target + 2 * rowBytes, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(target + 3 * rowBytes, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}
