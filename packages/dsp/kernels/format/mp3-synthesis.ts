// The polyphase synthesis filter bank (ISO/IEC 11172-3, 2.4.3.2.2 and annex A.2), four time slots at once: 32 subband
// samples of a slot become a cosine transform, and 32 output samples are windowed sums over the last 16 transforms.
//
// The standard's vector V of 64 is the 32-point type-II cosine transform X of the subband samples, unfolded:
// V[i] = X[16 + i] below 16, 0 at 16, -X[48 - i] up to 48, -X[i - 48] above. So samples j and 32 - j of a slot are made
// of the same rows, X[16 + j] of the slots 0, 2, 4, … back and X[16 - j] of the slots 1, 3, 5, … back.
import { arenaAllocate } from '../memory/arena';
import { SLOTS, transpose4 } from './mp3-hybrid';
import { SYNTHESIS_WINDOW } from './mp3-window.data';

/** Slots of the past that the window reaches. */
const HISTORY: i32 = 16;
/** Floats of a row of transforms: history, then up to 36 slots and room for a whole vector. */
const ROW: i32 = HISTORY + SLOTS;
const ROW_BYTES: usize = ROW * 4;
const SLOT_ROW_BYTES: usize = SLOTS * 4;

/** Bytes of the transforms of one channel. */
export const TRANSFORM_BYTES: usize = 32 * ROW_BYTES;

@unmanaged
export class Mp3Synthesis {
  /** f32[17][16][2]: for j = 0 to 16, tap i: weights of samples j and 32 - j, the signs of V in them. */
  window: usize;
  /** f32[31]: half secants of the cosine transform's steps: 16 for 32 points, 8 for 16, 4 for 8, 2 for 4, 1 for 2. */
  secants: usize;
  /** v128[32] three times: the transform, its scratch, the output of four slots. */
  work: usize;
}

function windowAt(i: i32): f64 {
  if (i <= 256) return <f64>load<i32>(SYNTHESIS_WINDOW + ((<usize>i) << 2)) / 65536;
  const mirrored = <f64>load<i32>(SYNTHESIS_WINDOW + ((<usize>(512 - i)) << 2)) / 65536;
  return (i & 63) === 0 ? mirrored : -mirrored;
}

export function mp3SynthesisCreate(): Mp3Synthesis {
  const synthesis = changetype<Mp3Synthesis>(arenaAllocate(offsetof<Mp3Synthesis>()));
  synthesis.window = arenaAllocate(17 * 16 * 2 * 4);
  for (let j = 0; j <= 16; j++) {
    for (let tap = 0; tap < 16; tap++) {
      const at = synthesis.window + ((<usize>((j * 16 + tap) * 2)) << 2);
      // Even taps take V's lower half, odd ones its upper half; X[16 + j] enters both with its sign of V.
      const lower = (tap & 1) === 0;
      const direct = windowAt(32 * tap + j) * (lower ? (j === 16 ? 0 : 1) : -1);
      const mirrored = j === 0 || j === 16 ? 0 : -windowAt(32 * tap + 32 - j);
      store<f32>(at, <f32>direct);
      store<f32>(at, <f32>mirrored, 4);
    }
  }
  synthesis.secants = arenaAllocate(31 * 4);
  let at = synthesis.secants;
  for (let points = 32; points > 1; points >>= 1) {
    for (let k = 0; k < points >> 1; k++, at += 4) {
      store<f32>(at, <f32>(0.5 / Math.cos((Math.PI * (2 * <f64>k + 1)) / (2 * <f64>points))));
    }
  }
  synthesis.work = arenaAllocate(3 * 32 * 16);
  return synthesis;
}

/** Sums to the first half of `target`, weighted differences to the second: the first step of Lee's transform. */
function butterflies(source: usize, target: usize, points: usize, secants: usize): void {
  const half = points >> 1;
  for (let k: usize = 0; k < half; k++) {
    const a = v128.load(source + (k << 4));
    const b = v128.load(source + ((points - 1 - k) << 4));
    v128.store(target + (k << 4), f32x4.add(a, b));
    v128.store(target + ((half + k) << 4), f32x4.mul(f32x4.sub(a, b), v128.load32_splat(secants + (k << 2))));
  }
}

/** Interleaves two transforms of half the size: even outputs from the first, sums of neighbours from the second. */
function interleave(source: usize, target: usize, points: usize): void {
  const half = points >> 1;
  let value = v128.load(source + (half << 4));
  for (let k: usize = 0; k < half; k++) {
    v128.store(target + (k << 5), v128.load(source + (k << 4)));
    if (k + 1 < half) {
      const next = v128.load(source + ((half + k + 1) << 4));
      v128.store(target + (k << 5), f32x4.add(value, next), 16);
      value = next;
    } else v128.store(target + (k << 5), value, 16);
  }
}

/** Type-II cosine transform of four vectors, in place, unrolled: two steps and the two joins. */
function transform4(at: usize, secants: usize): void {
  const x0 = v128.load(at);
  const x1 = v128.load(at, 16);
  const x2 = v128.load(at, 32);
  const x3 = v128.load(at, 48);
  const s0 = f32x4.add(x0, x3);
  const s1 = f32x4.add(x1, x2);
  const d0 = f32x4.mul(f32x4.sub(x0, x3), v128.load32_splat(secants));
  const d1 = f32x4.mul(f32x4.sub(x1, x2), v128.load32_splat(secants, 4));
  const root = v128.load32_splat(secants, 8);
  const high = f32x4.mul(f32x4.sub(d0, d1), root);
  v128.store(at, f32x4.add(s0, s1));
  v128.store(at, f32x4.add(f32x4.add(d0, d1), high), 16);
  v128.store(at, f32x4.mul(f32x4.sub(s0, s1), root), 32);
  v128.store(at, high, 48);
}

/**
 * Type-II cosine transform of 32 vectors at `a`, whose result ends at `a` again; `b` is as large.
 * (Lee, "A new algorithm to compute the discrete cosine transform", IEEE Trans. ASSP 32, 1984)
 */
function transform32(a: usize, b: usize, secants: usize): void {
  butterflies(a, b, 32, secants);
  for (let half: usize = 0; half < 2; half++) butterflies(b + half * 256, a + half * 256, 16, secants + 64);
  for (let quarter: usize = 0; quarter < 4; quarter++) {
    butterflies(a + quarter * 128, b + quarter * 128, 8, secants + 96);
    transform4(b + quarter * 128, secants + 112);
    transform4(b + quarter * 128 + 64, secants + 112);
    interleave(b + quarter * 128, a + quarter * 128, 8);
  }
  interleave(a, b, 16);
  interleave(a + 256, b + 256, 16);
  interleave(b, a, 32);
}

/**
 * Turns `slots` time slots of subband samples (f32[32][SLOTS]) into 32 times as many samples at `output`. Up to 64
 * samples behind them are overwritten too.
 * @param transforms TRANSFORM_BYTES, kept from call to call
 */
export function mp3Polyphase(
  synthesis: Mp3Synthesis,
  subbands: usize,
  transforms: usize,
  slots: i32,
  output: usize,
): void {
  const work = synthesis.work;
  for (let slot = 0; slot < slots; slot += 4) {
    const from = subbands + ((<usize>slot) << 2);
    for (let row: usize = 0; row < 32; row++) v128.store(work + (row << 4), v128.load(from + row * SLOT_ROW_BYTES));
    transform32(work, work + 512, synthesis.secants);
    const to = transforms + ((<usize>(HISTORY + slot)) << 2);
    for (let row: usize = 0; row < 32; row++) v128.store(to + row * ROW_BYTES, v128.load(work + (row << 4)));
    windowSlots(synthesis.window, to, work + 1024, output + ((<usize>slot) << 7));
  }
  for (let row: usize = 0; row < 32; row++) {
    const start = transforms + row * ROW_BYTES;
    memory.copy(start, start + ((<usize>slots) << 2), HISTORY * 4);
  }
}

/** The windowed sums of four slots whose transforms stand at `newest` and before. */
function windowSlots(window: usize, newest: usize, out: usize, output: usize): void {
  let weights = window;
  for (let j: usize = 0; j <= 16; j++) {
    // Four taps a turn, from the newest back: the last of them is read without an offset.
    let even = newest + (j === 16 ? 0 : 16 + j) * ROW_BYTES - 12;
    let odd = newest + (16 - j) * ROW_BYTES - 12;
    let direct = f32x4.splat(0);
    let mirrored = f32x4.splat(0);
    for (const end = weights + 128; weights < end; weights += 32, even -= 16, odd -= 16) {
      const first = v128.load(even, 12);
      direct = f32x4.add(direct, f32x4.mul(first, v128.load32_splat(weights)));
      mirrored = f32x4.add(mirrored, f32x4.mul(first, v128.load32_splat(weights, 4)));
      const second = v128.load(odd, 8);
      direct = f32x4.add(direct, f32x4.mul(second, v128.load32_splat(weights, 8)));
      mirrored = f32x4.add(mirrored, f32x4.mul(second, v128.load32_splat(weights, 12)));
      const third = v128.load(even, 4);
      direct = f32x4.add(direct, f32x4.mul(third, v128.load32_splat(weights, 16)));
      mirrored = f32x4.add(mirrored, f32x4.mul(third, v128.load32_splat(weights, 20)));
      const fourth = v128.load(odd);
      direct = f32x4.add(direct, f32x4.mul(fourth, v128.load32_splat(weights, 24)));
      mirrored = f32x4.add(mirrored, f32x4.mul(fourth, v128.load32_splat(weights, 28)));
    }
    v128.store(out + (j << 4), direct);
    if (j > 0 && j < 16) v128.store(out + ((32 - j) << 4), mirrored);
  }
  for (let j: usize = 0; j < 32; j += 4) transpose4(out + (j << 4), output + (j << 2), 128);
}
