// Rounding of samples to 16 or 24 bits with dither, and with the error shaped: what rounding did wrong is added, filtered,
// to the samples behind, so that the noise lies where the ear hears least. Two channels run side by side in one f64x2,
// each with a generator of its own.
// Source: S. P. Lipshitz, R. A. Wannamaker and J. Vanderkooy, "Minimally audible noise shaping", JAES 39 (1991);
// generator: G. Marsaglia, "Xorshift RNGs", 2003.
import { arenaAllocate } from '../memory/arena';
import { designShaper, SHAPER_ORDER } from './shaper-design';

/** Most frames that are handled at once. */
const SLICE: i32 = 1024;
/** Digital silence is left alone after so many frames of it. */
const HOLD_FRAMES: f64 = 1024;
/** Draws that the generators are run ahead, until neighbouring seeds have nothing in common. */
const WARM_UP: i32 = 16;
/** Of a pair: the last errors, oldest first, a v128 each; frames of silence so far; generators. */
const SILENCE: usize = (<usize>SHAPER_ORDER) << 4;
const GENERATORS: usize = SILENCE + 16;
const PAIR_BYTES: usize = GENERATORS + 16;

@unmanaged
class Dither {
  channels: i32;
  shaped: bool;
  seed: u32;
  /** Steps in 1. */
  steps: f64;
  /** SHAPER_ORDER f64, for the latest error first. */
  coefficients: usize;
  pairs: usize;
  /** SHAPER_ORDER + SLICE errors, a v128 each. */
  errors: usize;
}

/**
 * @param bits 16 or 24
 * @returns 0 when no memory is left
 */
export function ditherCreate(sampleRate: f64, channels: i32, bits: i32, shaped: bool, seed: u32): usize {
  const pointer = arenaAllocate(offsetof<Dither>());
  const coefficients = arenaAllocate((<usize>SHAPER_ORDER) << 3);
  const pairs = arenaAllocate(PAIR_BYTES * <usize>((channels + 1) >> 1));
  const errors = arenaAllocate((<usize>(SHAPER_ORDER + SLICE)) << 4);
  if (pointer === 0 || coefficients === 0 || pairs === 0 || errors === 0) return 0;
  const state = changetype<Dither>(pointer);
  state.channels = channels;
  state.shaped = shaped;
  state.seed = seed;
  state.steps = <f64>(1 << (bits - 1));
  state.coefficients = coefficients;
  state.pairs = pairs;
  state.errors = errors;
  if (shaped && !designShaper(coefficients, sampleRate)) return 0;
  ditherReset(pointer);
  return pointer;
}

/** SHAPER_ORDER f64: what the latest errors are weighed with, the last one first. */
export function ditherCoefficients(pointer: usize): usize {
  return changetype<Dither>(pointer).coefficients;
}

/** Starts anew, with the generators where they began. */
export function ditherReset(pointer: usize): void {
  const state = changetype<Dither>(pointer);
  const pairs = (state.channels + 1) >> 1;
  memory.fill(state.pairs, 0, PAIR_BYTES * <usize>pairs);
  for (let channel = 0; channel < 2 * pairs; channel++) {
    // Multiples of 2^32 over the golden ratio are far from each other; 0 is the one state without a successor.
    let generator = state.seed + 0x9e3779b9 * <u32>channel;
    if (generator === 0) generator = 1;
    const at = state.pairs + PAIR_BYTES * <usize>(channel >> 1) + GENERATORS + ((<usize>(channel & 1)) << 2);
    store<u32>(at, generator);
  }
  for (let pair = 0; pair < pairs; pair++) {
    const at = state.pairs + PAIR_BYTES * <usize>pair + GENERATORS;
    let generators = v128.load(at);
    for (let i = 0; i < WARM_UP; i++) generators = advance(generators);
    v128.store(at, generators);
  }
}

function advance(generators: v128): v128 {
  generators = v128.xor(generators, i32x4.shl(generators, 13));
  generators = v128.xor(generators, i32x4.shr_u(generators, 17));
  return v128.xor(generators, i32x4.shl(generators, 5));
}

/** An error times its coefficient. */
function weighed(coefficients: usize, coefficient: usize, errors: usize, error: usize): v128 {
  return f64x2.mul(v128.load_splat<f64>(coefficients + coefficient), v128.load(errors + error));
}

/** One pair of channels, `frames` samples, at most SLICE. */
function runPair(state: Dither, pair: usize, left: usize, right: usize, frames: i32): void {
  const shaped = state.shaped;
  const coefficients = state.coefficients;
  const steps = f64x2.splat(state.steps);
  const size = f64x2.splat(1 / state.steps);
  const most = f64x2.splat(state.steps - 1);
  const least = f64x2.splat(-state.steps);
  const zero = f64x2.splat(0);
  const hold = f64x2.splat(HOLD_FRAMES);
  const share = f64x2.splat(1.0 / 65536.0);
  let silence = v128.load(pair, SILENCE);
  let generators = v128.load(pair, GENERATORS);
  let errors = state.errors;
  memory.copy(errors, pair, SILENCE);
  // Kept in a register: everything waits for it.
  let latest = v128.load(errors, (<usize>(SHAPER_ORDER - 1)) << 4);
  for (let i = 0; i < frames; i++, left += 4, right += 4, errors += 16) {
    const x = f64x2.mul(steps, f64x2.promote_low_f32x4(v128.load32_lane(right, v128.load32_zero(left), 1)));
    let wanted = x;
    if (shaped) {
      // Oldest first: the latest error is the last to be known. Written out, since there are so few.
      wanted = f64x2.add(x, weighed(coefficients, 64, errors, 0));
      wanted = f64x2.add(wanted, weighed(coefficients, 56, errors, 16));
      wanted = f64x2.add(wanted, weighed(coefficients, 48, errors, 32));
      wanted = f64x2.add(wanted, weighed(coefficients, 40, errors, 48));
      wanted = f64x2.add(wanted, weighed(coefficients, 32, errors, 64));
      wanted = f64x2.add(wanted, weighed(coefficients, 24, errors, 80));
      wanted = f64x2.add(wanted, weighed(coefficients, 16, errors, 96));
      wanted = f64x2.add(wanted, weighed(coefficients, 8, errors, 112));
      wanted = f64x2.add(wanted, f64x2.mul(v128.load_splat<f64>(coefficients), latest));
    }
    // The two halves of one draw, uniform each, have a difference of triangular density on (-1, 1).
    generators = advance(generators);
    const difference = i32x4.sub(i32x4.shr_u(generators, 16), v128.and(generators, i32x4.splat(0xffff)));
    const noise = f64x2.mul(share, f64x2.convert_low_i32x4_s(difference));
    const rounded = f64x2.nearest(f64x2.add(wanted, noise));
    silence = v128.and(f64x2.add(silence, f64x2.splat(1)), f64x2.eq(x, zero));
    const silent = f64x2.gt(silence, hold);
    // The error is that of rounding alone: one of clamping would be large, and sound on behind the clipped sample.
    latest = v128.andnot(f64x2.sub(rounded, wanted), silent);
    v128.store(errors, latest, (<usize>SHAPER_ORDER) << 4);
    const y = v128.andnot(f64x2.max(least, f64x2.min(most, rounded)), silent);
    const samples = f32x4.demote_f64x2_zero(f64x2.mul(y, size));
    v128.store32_lane(right, samples, 1);
    v128.store32_lane(left, samples, 0);
  }
  memory.copy(pair, errors, SILENCE);
  v128.store(pair, silence, SILENCE);
  v128.store(pair, generators, GENERATORS);
}

/**
 * Rounds `frames` samples in place to multiples of the step, clamped to what the bits hold.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function ditherProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Dither>(pointer);
  while (frames > 0) {
    const count = min(frames, SLICE);
    for (let channel = 0; channel < state.channels; channel += 2) {
      const left = samples + stride * <usize>channel;
      // An odd channel is its own neighbour, and is written last.
      const right = channel + 1 < state.channels ? left + stride : left;
      runPair(state, state.pairs + PAIR_BYTES * <usize>(channel >> 1), left, right, count);
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
