// K-weighting of a pair of channels and the energy of what comes out, for loudness. Both channels run side by side in
// one f64x2: float64 because the high-pass sits at 38 Hz, where a direct form in float32 would be off by tenths of a dB.
// Source: ITU-R BS.1770-5, Annex 1, tables 1 and 2.
import { arenaAllocate } from '../memory/arena';

/** State below this is set to zero between sub-blocks, long before it becomes denormal. */
const SILENCE: f64 = 1e-30;

@unmanaged
class KWeighting {
  // High-shelf (stage 1), its numerator scaled by the high-pass' gain.
  b0: f64;
  b1: f64;
  b2: f64;
  a1: f64;
  a2: f64;
  // High-pass (stage 2); its numerator is 1, -2, 1.
  c1: f64;
  c2: f64;
  weightLeft: f64;
  weightRight: f64;
  padding: f64;
}

// Behind the fields, a v128 each (left, right): the last two inputs, outputs of stage 1 and outputs of stage 2, and the
// sum of squares.
const X1: usize = 80;
const X2: usize = 96;
const Y1: usize = 112;
const Y2: usize = 128;
const Z1: usize = 144;
const Z2: usize = 160;
const SUM: usize = 176;
const STATE_BYTES: usize = 192;

/**
 * A second-order section of the 48 kHz tables at another sample rate. The bilinear transform is undone, frequencies are
 * scaled so that the section's own corner stays where it is, and the transform is done again; at 48 kHz nothing changes.
 * Stores b0, b1, b2, a1, a2 at `target`.
 */
function storeSection(target: usize, sampleRate: f64, b0: f64, b1: f64, b2: f64, a1: f64, a2: f64): void {
  const corner48k = Math.sqrt((1 + a1 + a2) / (1 - a1 + a2));
  const cornerHz = (48000 / Math.PI) * Math.atan(corner48k);
  const scale = sampleRate === 48000 ? 1 : corner48k / Math.tan((Math.PI * cornerHz) / sampleRate);
  // Polynomials in s, where s = (z - 1) / (z + 1) at 48 kHz.
  const n0 = b0 + b1 + b2;
  const n1 = 2 * (b0 - b2) * scale;
  const n2 = (b0 - b1 + b2) * scale * scale;
  const d0 = 1 + a1 + a2;
  const d1 = 2 * (1 - a2) * scale;
  const d2 = (1 - a1 + a2) * scale * scale;
  const a0 = d0 + d1 + d2;
  store<f64>(target, (n0 + n1 + n2) / a0);
  store<f64>(target, (2 * (n0 - n2)) / a0, 8);
  store<f64>(target, (n0 - n1 + n2) / a0, 16);
  store<f64>(target, (2 * (d0 - d2)) / a0, 24);
  store<f64>(target, (d0 - d1 + d2) / a0, 32);
}

/** A pair of channels with the weights they enter the sum with; 0 when no memory is left. */
export function kWeightingCreate(sampleRate: f64, weightLeft: f64, weightRight: f64): usize {
  const pointer = arenaAllocate(STATE_BYTES);
  const second = arenaAllocate(40);
  if (pointer === 0 || second === 0) return 0;
  const state = changetype<KWeighting>(pointer);
  storeSection(
    pointer,
    sampleRate,
    1.53512485958697,
    -2.69169618940638,
    1.19839281085285,
    -1.69065929318241,
    0.73248077421585,
  );
  storeSection(second, sampleRate, 1, -2, 1, -1.99004745483398, 0.99007225036621);
  const gain = load<f64>(second);
  state.b0 *= gain;
  state.b1 *= gain;
  state.b2 *= gain;
  state.c1 = load<f64>(second, 24);
  state.c2 = load<f64>(second, 32);
  state.weightLeft = weightLeft;
  state.weightRight = weightRight;
  return pointer;
}

/** Forgets everything heard so far. */
export function kWeightingReset(pointer: usize): void {
  memory.fill(pointer + X1, 0, STATE_BYTES - X1);
}

/** Stage 1: y from the inputs x0, x1, x2 and the outputs y1, y2 before it. */
function shelf(
  b0: v128,
  b1: v128,
  b2: v128,
  a1: v128,
  a2: v128,
  x0: v128,
  x1: v128,
  x2: v128,
  y1: v128,
  y2: v128,
): v128 {
  const forward = f64x2.add(f64x2.add(f64x2.mul(b0, x0), f64x2.mul(b1, x1)), f64x2.mul(b2, x2));
  // What depends on the newest output comes last: that chain decides the speed.
  return f64x2.sub(f64x2.sub(forward, f64x2.mul(a2, y2)), f64x2.mul(a1, y1));
}

/** Stage 2, with the numerator 1, -2, 1. */
function highPass(c1: v128, c2: v128, y0: v128, y1: v128, y2: v128, z1: v128, z2: v128): v128 {
  const forward = f64x2.sub(f64x2.add(y0, y2), f64x2.add(y1, y1));
  return f64x2.sub(f64x2.sub(forward, f64x2.mul(c2, z2)), f64x2.mul(c1, z1));
}

/** Filters `frames` samples of both channels and adds the squares of what comes out to the sums. */
export function kWeightingAdd(pointer: usize, left: usize, right: usize, frames: i32): void {
  const b0 = v128.load_splat<f64>(pointer);
  const b1 = v128.load_splat<f64>(pointer, 8);
  const b2 = v128.load_splat<f64>(pointer, 16);
  const a1 = v128.load_splat<f64>(pointer, 24);
  const a2 = v128.load_splat<f64>(pointer, 32);
  const c1 = v128.load_splat<f64>(pointer, 40);
  const c2 = v128.load_splat<f64>(pointer, 48);
  let x1 = v128.load(pointer, X1);
  let x2 = v128.load(pointer, X2);
  let y1 = v128.load(pointer, Y1);
  let y2 = v128.load(pointer, Y2);
  let z1 = v128.load(pointer, Z1);
  let z2 = v128.load(pointer, Z2);
  let sum = v128.load(pointer, SUM);
  const end = left + ((<usize>frames) << 2);
  const pairsEnd = end - 4;
  // Two frames a turn: what was newest becomes second newest without moving.
  for (; left < pairsEnd; left += 8, right += 8) {
    const samples = v128.shuffle<f32>(v128.load64_zero(left), v128.load64_zero(right), 0, 4, 1, 5);
    const x = f64x2.promote_low_f32x4(samples);
    const y = shelf(b0, b1, b2, a1, a2, x, x1, x2, y1, y2);
    const z = highPass(c1, c2, y, y1, y2, z1, z2);
    sum = f64x2.add(sum, f64x2.mul(z, z));
    const nextX = f64x2.promote_low_f32x4(v128.shuffle<f32>(samples, samples, 2, 3, 2, 3));
    const nextY = shelf(b0, b1, b2, a1, a2, nextX, x, x1, y, y1);
    const nextZ = highPass(c1, c2, nextY, y, y1, z, z1);
    sum = f64x2.add(sum, f64x2.mul(nextZ, nextZ));
    x2 = x;
    y2 = y;
    z2 = z;
    x1 = nextX;
    y1 = nextY;
    z1 = nextZ;
  }
  if (left < end) {
    const x = f64x2.promote_low_f32x4(v128.load32_lane(right, v128.load32_zero(left), 1));
    const y = shelf(b0, b1, b2, a1, a2, x, x1, x2, y1, y2);
    const z = highPass(c1, c2, y, y1, y2, z1, z2);
    sum = f64x2.add(sum, f64x2.mul(z, z));
    x2 = x1;
    y2 = y1;
    z2 = z1;
    x1 = x;
    y1 = y;
    z1 = z;
  }
  v128.store(pointer, x1, X1);
  v128.store(pointer, x2, X2);
  v128.store(pointer, y1, Y1);
  v128.store(pointer, y2, Y2);
  v128.store(pointer, z1, Z1);
  v128.store(pointer, z2, Z2);
  v128.store(pointer, sum, SUM);
}

function flush(address: usize): void {
  const value = v128.load(address);
  v128.store(address, v128.and(value, f64x2.ge(f64x2.abs(value), f64x2.splat(SILENCE))));
}

/** The weighted sum of squares since the last call, which ends a sub-block. */
export function kWeightingTake(pointer: usize): f64 {
  const state = changetype<KWeighting>(pointer);
  const energy = state.weightLeft * load<f64>(pointer, SUM) + state.weightRight * load<f64>(pointer, SUM + 8);
  v128.store(pointer, f64x2.splat(0), SUM);
  flush(pointer + Y1);
  flush(pointer + Y2);
  flush(pointer + Z1);
  flush(pointer + Z2);
  return energy;
}
