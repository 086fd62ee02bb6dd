// Decimation by two with a linear-phase half-band low-pass: every second tap but the middle one is zero, so with the
// input dealt into even and odd samples the filter is
//   y[m] = even[m] / 2 + sum over j < pairs of c[j] (odd[m + j] + odd[m - 1 - j]).
// Output m stands at the time of input 2m: the filter looks ahead instead of delaying.
// Taps: sinc under a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window", 1974).
import { windowedSinc } from '../filter/windowed-sinc';
import { arenaAllocate } from '../memory/arena';

const ATTENUATION_DB: f64 = 80;
/** Most samples that one call takes. */
export const HALF_BAND_CHUNK: i32 = 4096;

@unmanaged
class HalfBand {
  pairs: i32;
  coefficients: usize;
  even: usize;
  odd: usize;
  /** Dealt pairs in `even` and `odd`; output 0 of the next call is at index `pairs`. */
  filled: i32;
  /** Whether an even sample waits for its odd one. */
  waiting: i32;
  evenWaiting: f32;
}

/**
 * How many taps there are to each side of the middle, without those that are zero.
 * @param sampleRate the higher of the two
 */
export function halfBandPairs(sampleRate: f64, passHz: f64): i32 {
  const transition = (2 * Math.PI * (sampleRate / 2 - 2 * passHz)) / sampleRate;
  const taps = (ATTENUATION_DB - 8) / (2.285 * transition) + 1;
  return <i32>Math.ceil((taps + 1) / 4);
}

/** Stores the taps to one side; together with those to the other they are the half of a gain of 1 at 0 Hz. */
export function halfBandTaps(target: usize, pairs: i32): void {
  const beta = 0.1102 * (ATTENUATION_DB - 8.7);
  let sum: f64 = 0;
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < pairs; j++) {
      const tap = windowedSinc(<f64>(2 * j + 1), 0.25, <f64>(2 * pairs), beta);
      if (pass === 0) sum += tap;
      else store<f32>(target + ((<usize>j) << 2), <f32>((0.25 * tap) / sum));
    }
  }
}

/**
 * @param passHz what lies below is kept (within 0.001 dB) and stays free of aliases (80 dB); below sampleRate / 4
 * @param sampleRate of the input
 * @returns 0 when there is no memory
 */
export function halfBandCreate(sampleRate: f64, passHz: f64): usize {
  const pairs = halfBandPairs(sampleRate, passHz);
  const length = <usize>(HALF_BAND_CHUNK / 2 + 3 * pairs + 16);
  const pointer = arenaAllocate(offsetof<HalfBand>());
  const coefficients = arenaAllocate((<usize>pairs) << 2);
  const even = arenaAllocate(length << 2);
  const odd = arenaAllocate(length << 2);
  if (pointer === 0 || coefficients === 0 || even === 0 || odd === 0) return 0;
  const state = changetype<HalfBand>(pointer);
  state.pairs = pairs;
  state.coefficients = coefficients;
  state.even = even;
  state.odd = odd;
  halfBandTaps(coefficients, pairs);
  halfBandReset(pointer);
  return pointer;
}

export function halfBandReset(pointer: usize): void {
  const state = changetype<HalfBand>(pointer);
  // Silence before the start: what output 0 needs to its left.
  memory.fill(state.even, 0, (<usize>state.pairs) << 2);
  memory.fill(state.odd, 0, (<usize>state.pairs) << 2);
  state.filled = state.pairs;
  state.waiting = 0;
}

/**
 * Takes `frames` samples (at most HALF_BAND_CHUNK) and writes the outputs that they complete.
 * @param output room for frames / 2 + 8 values, some of which are scratch; may not overlap the input
 * @returns how many were written
 */
export function halfBandProcess(pointer: usize, input: usize, frames: i32, output: usize): i32 {
  const state = changetype<HalfBand>(pointer);
  const filled = deal(state, input, frames);
  const pairs = state.pairs;
  const outputs = filled - 2 * pairs + 1;
  if (outputs <= 0) return 0;
  const end = state.coefficients + ((<usize>pairs) << 2);
  const start = (<usize>pairs) << 2;
  const half = f32x4.splat(0.5);
  // Two whole vectors at a time: the last ones may compute outputs that are not complete yet; they are computed again.
  for (let m = 0; m < outputs; m += 8) {
    const at = start + ((<usize>m) << 2);
    let sum = f32x4.mul(half, v128.load(state.even + at));
    let next = f32x4.mul(half, v128.load(state.even + at, 16));
    let ahead = state.odd + at;
    let behind = ahead - 4;
    for (let c = state.coefficients; c < end; c += 4, ahead += 4, behind -= 4) {
      const tap = v128.load_splat<f32>(c);
      sum = f32x4.add(sum, f32x4.mul(tap, f32x4.add(v128.load(ahead), v128.load(behind))));
      next = f32x4.add(next, f32x4.mul(tap, f32x4.add(v128.load(ahead, 16), v128.load(behind, 16))));
    }
    const target = output + ((<usize>m) << 2);
    v128.store(target, sum);
    v128.store(target, next, 16);
  }
  const keep = filled - outputs;
  memory.copy(state.even, state.even + ((<usize>outputs) << 2), (<usize>keep) << 2);
  memory.copy(state.odd, state.odd + ((<usize>outputs) << 2), (<usize>keep) << 2);
  state.filled = keep;
  return outputs;
}

/** Deals samples into the even and the odd ones; returns how many pairs there are now. */
function deal(state: HalfBand, input: usize, frames: i32): i32 {
  let even = state.even + ((<usize>state.filled) << 2);
  let odd = state.odd + ((<usize>state.filled) << 2);
  let left = frames;
  if (state.waiting !== 0 && left > 0) {
    store<f32>(even, state.evenWaiting);
    store<f32>(odd, load<f32>(input));
    even += 4;
    odd += 4;
    input += 4;
    left--;
    state.filled++;
    state.waiting = 0;
  }
  const filled = state.filled + (left >> 1);
  for (; left >= 8; left -= 8, input += 32, even += 16, odd += 16) {
    const low = v128.load(input);
    const high = v128.load(input, 16);
    v128.store(even, v128.shuffle<f32>(low, high, 0, 2, 4, 6));
    v128.store(odd, v128.shuffle<f32>(low, high, 1, 3, 5, 7));
  }
  for (; left >= 2; left -= 2, input += 8, even += 4, odd += 4) {
    store<f32>(even, load<f32>(input));
    store<f32>(odd, load<f32>(input, 4));
  }
  if (left > 0) {
    state.evenWaiting = load<f32>(input);
    state.waiting = 1;
  }
  state.filled = filled;
  return filled;
}
