// One doubling of the sample rate and the halving that belongs to it, by a linear-phase half-band filter. At the higher rate
// samples are kept dealt into even and odd ones:
//   up:    even[m] = x[m];  odd[m] = sum over j < pairs of 2 c[j] (x[m - j] + x[m + 1 + j])
//   down:  y[m] = even[m] / 2 + sum over j < pairs of c[j] (odd[m + j] + odd[m - 1 - j])
// The way up is late by `pairs` samples of the lower rate, the way down by `pairs - 1` and as many as are asked for beyond it.
import { arenaAllocate } from '../memory/arena';
import { halfBandPairs, halfBandTaps } from '../transform/half-band';

/** Outputs are made 16 at a time, so as many floats behind the end may be written. */
export const SCRATCH: i32 = 16;

@unmanaged
export class OversamplingStage {
  pairs: i32;
  coefficients: usize;
  /** Samples of the lower rate: 2 * pairs old ones, then the new ones. */
  line: usize;
  /** Samples of the higher rate: `kept` old ones, then the new ones. */
  even: usize;
  odd: usize;
  kept: i32;
}

/**
 * @param sampleRate the higher one
 * @param passHz what lies below is kept, within 0.001 dB
 * @param multiple the delay of both ways together, in samples of the lower rate, becomes a multiple of this
 * @param frames most new samples of the lower rate
 * @returns 0 when no memory is left
 */
export function oversamplingCreate(sampleRate: f64, passHz: f64, multiple: i32, frames: i32): usize {
  const pairs = halfBandPairs(sampleRate, passHz);
  const extra = (multiple - ((2 * pairs - 1) % multiple)) % multiple;
  const kept = 2 * pairs - 1 + extra;
  const capacity = kept + frames + SCRATCH;
  const pointer = arenaAllocate(offsetof<OversamplingStage>());
  const coefficients = arenaAllocate((<usize>pairs) << 2);
  const line = arenaAllocate((<usize>(2 * pairs + frames + SCRATCH)) << 2);
  const even = arenaAllocate((<usize>capacity) << 2);
  const odd = arenaAllocate((<usize>capacity) << 2);
  if (pointer === 0 || coefficients === 0 || line === 0 || even === 0 || odd === 0) return 0;
  halfBandTaps(coefficients, pairs);
  const state = changetype<OversamplingStage>(pointer);
  state.pairs = pairs;
  state.coefficients = coefficients;
  state.line = line;
  state.even = even;
  state.odd = odd;
  state.kept = kept;
  return pointer;
}

/** Samples of the lower rate by which what has gone both ways is late. */
export function oversamplingDelay(state: OversamplingStage): i32 {
  return state.kept;
}

export function oversamplingReset(state: OversamplingStage): void {
  memory.fill(state.line, 0, (<usize>state.pairs) << 3);
  memory.fill(state.even, 0, (<usize>state.kept) << 2);
  memory.fill(state.odd, 0, (<usize>state.kept) << 2);
}

/** Address of the first new even sample; that of the first new odd one is as far from `odd`. */
export function newEven(state: OversamplingStage): usize {
  return state.even + ((<usize>state.kept) << 2);
}

export function newOdd(state: OversamplingStage): usize {
  return state.odd + ((<usize>state.kept) << 2);
}

/**
 * target[i] = the taps over the samples that go up from ahead[i] and down from behind[i], 16 outputs at a time.
 * @param bytes of the outputs
 */
function convolve(state: OversamplingStage, ahead: usize, behind: usize, target: usize, bytes: usize): void {
  const toBehind = behind - ahead;
  const coefficients = state.coefficients;
  const span = (<usize>state.pairs) << 2;
  for (const end = target + bytes; target < end; target += 64, ahead += 64) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let up = ahead;
    let down = ahead + toBehind;
    for (let at = coefficients, last = at + span; at < last; at += 4, up += 4, down -= 4) {
      const tap = v128.load_splat<f32>(at);
      a = f32x4.add(a, f32x4.mul(tap, f32x4.add(v128.load(up), v128.load(down))));
      b = f32x4.add(b, f32x4.mul(tap, f32x4.add(v128.load(up, 16), v128.load(down, 16))));
      c = f32x4.add(c, f32x4.mul(tap, f32x4.add(v128.load(up, 32), v128.load(down, 32))));
      d = f32x4.add(d, f32x4.mul(tap, f32x4.add(v128.load(up, 48), v128.load(down, 48))));
    }
    v128.store(target, a);
    v128.store(target, b, 16);
    v128.store(target, c, 32);
    v128.store(target, d, 48);
  }
}

/** Takes `frames` samples of the lower rate and makes as many even and odd new ones. */
export function oversamplingUp(state: OversamplingStage, input: usize, frames: i32): void {
  const past = (<usize>state.pairs) << 3;
  memory.copy(state.line + past, input, (<usize>frames) << 2);
  const middle = state.line + (past >> 1);
  const even = newEven(state);
  const odd = newOdd(state);
  memory.copy(even, middle, (<usize>frames) << 2);
  const bytes = (<usize>frames) << 2;
  convolve(state, middle + 4, middle, odd, bytes);
  for (let at: usize = 0; at < bytes; at += 16) {
    const sum = v128.load(odd + at);
    v128.store(odd + at, f32x4.add(sum, sum));
  }
  memory.copy(state.line, state.line + bytes, past);
}

/** Takes the new samples, `frames` even and odd ones, and makes as many of the lower rate. */
export function oversamplingDown(state: OversamplingStage, output: usize, frames: i32): void {
  // The oldest sample that an output needs is at the start of the line.
  const first = (<usize>state.pairs) << 2;
  const bytes = (<usize>frames) << 2;
  const half = f32x4.splat(0.5);
  convolve(state, state.odd + first, state.odd + first - 4, output, bytes);
  for (let at: usize = 0; at < bytes; at += 16) {
    const middle = f32x4.mul(half, v128.load(state.even + at + first));
    v128.store(output + at, f32x4.add(middle, v128.load(output + at)));
  }
  memory.copy(state.even, state.even + bytes, (<usize>state.kept) << 2);
  memory.copy(state.odd, state.odd + bytes, (<usize>state.kept) << 2);
}
