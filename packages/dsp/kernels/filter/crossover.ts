// Linkwitz-Riley crossovers of fourth order that deal a signal into 2, 3 or 4 bands. Each split consists of two
// state-variable filters of Butterworth quality in a row: they make the low-pass, and since low-pass and high-pass add up
// to the second-order all-pass of the same filter, the high-pass is that all-pass minus the low-pass. What does not go
// through a split goes through its all-pass, so that all bands have the same phase and their sum is flat.
//   2 bands: split.
//   3 bands: split at the lower frequency; then the upper part is split and the lower part passes the all-pass.
//   4 bands: split at the middle frequency; then the lower part passes the all-pass of the highest split and the upper
//   part that of the lowest, and each is split.
// Left and right of two filters share a v128: of both filters of the first split, and of both parts of the second level.
// Source: S. P. Lipshitz and J. Vanderkooy, "In-phase crossover network design", JAES 34 (1986).
import { arenaAllocate } from '../memory/arena';
import { FLUSH_FRAMES, flushStates } from './flush';
import { LOW_PASS, svfDesign } from './svf-design';
import { nextFirst, nextSecond } from './svf-step';

/** s1 and s2 of four pairs of filters, a v128 each. */
const PAIR_STATE: usize = 128;
/** c1, c2, c3, a v128 each. */
const COEFFICIENTS: usize = 48;
/** Bytes from a channel of a band to the next, and from the last channel of a band to the first of the next. */
export const BAND_STRIDE: usize = (<usize>FLUSH_FRAMES) << 2;

@unmanaged
export class Crossover {
  channels: i32;
  bands: i32;
  /** Coefficients of the first split, of the all-passes between the splits, and of the second splits. */
  coefficients: usize;
  /** Of each pair of channels. */
  states: usize;
  /** Samples of the bands. */
  split: usize;
  /** Frames since the last flush. */
  position: i32;
}

/** Puts a filter's coefficients into the lower or the upper half of three v128. */
function design(target: usize, upper: bool, scratch: usize, sampleRate: f64, frequencyHz: f64): void {
  svfDesign(scratch, 4, LOW_PASS, sampleRate, frequencyHz, Math.SQRT1_2, 0);
  for (let i: usize = 0; i < 3; i++) {
    const value = load<f32>(scratch + (i << 2));
    const at = target + (i << 4) + (upper ? 8 : 0);
    store<f32>(at, value);
    store<f32>(at, value, 4);
  }
}

/**
 * @param bands 2 to 4; as many of the frequencies as there are borders count
 * @returns 0 when no memory is left
 */
export function crossoverCreate(
  sampleRate: f64,
  channels: i32,
  bands: i32,
  firstHz: f64,
  secondHz: f64,
  thirdHz: f64,
): usize {
  const pointer = arenaAllocate(offsetof<Crossover>());
  const coefficients = arenaAllocate(3 * COEFFICIENTS);
  const scratch = arenaAllocate(32);
  const states = arenaAllocate(PAIR_STATE * <usize>((channels + 1) >> 1));
  const split = arenaAllocate(BAND_STRIDE * <usize>(channels * bands));
  if (pointer === 0 || coefficients === 0 || scratch === 0 || states === 0 || split === 0) return 0;
  const state = changetype<Crossover>(pointer);
  state.channels = channels;
  state.bands = bands;
  state.coefficients = coefficients;
  state.states = states;
  state.split = split;
  const between = coefficients + COEFFICIENTS;
  const second = between + COEFFICIENTS;
  design(coefficients, false, scratch, sampleRate, bands === 4 ? secondHz : firstHz);
  design(coefficients, true, scratch, sampleRate, bands === 4 ? secondHz : firstHz);
  if (bands === 3) {
    design(second, false, scratch, sampleRate, secondHz);
    design(second, true, scratch, sampleRate, secondHz);
  }
  if (bands === 4) {
    design(between, false, scratch, sampleRate, thirdHz);
    design(between, true, scratch, sampleRate, firstHz);
    design(second, false, scratch, sampleRate, firstHz);
    design(second, true, scratch, sampleRate, thirdHz);
  }
  crossoverReset(state);
  return pointer;
}

function stateBytes(state: Crossover): usize {
  return PAIR_STATE * <usize>((state.channels + 1) >> 1);
}

/** Forgets what was heard. */
export function crossoverReset(state: Crossover): void {
  memory.fill(state.states, 0, stateBytes(state));
  state.position = 0;
}

/** Two channels in the lower or upper half of `value` to the places of one band. */
function storeLower(left: usize, toRight: usize, value: v128): void {
  v128.store32_lane(left, value, 0);
  v128.store32_lane(left + toRight, value, 1);
}

function storeUpper(left: usize, toRight: usize, value: v128): void {
  v128.store32_lane(left, value, 2);
  v128.store32_lane(left + toRight, value, 3);
}

/**
 * `frames` samples of a pair of channels into bands whose channels are `toRight` and whose bands `toNext` bytes apart.
 * The two filters of the first split share a v128, too, the second of them one sample behind the first: in the first step it
 * stands still, and in one step more than there are samples the first does.
 * What goes from the first to the second filter of a split is twice as large as it should be, and what comes out of the second
 * four times: halving it once is enough.
 */
function splitPair(
  state: Crossover,
  states: usize,
  left: usize,
  right: usize,
  frames: i32,
  target: usize,
  toRight: usize,
  toNext: usize,
): void {
  const bands = state.bands;
  const c = state.coefficients;
  const damping = f32x4.splat(<f32>Math.SQRT2);
  const quarter = f32x4.splat(0.25);
  const c1 = v128.load(c);
  const c2 = v128.load(c, 16);
  const c3 = v128.load(c, 32);
  let p1 = v128.load(states);
  let p2 = v128.load(states, 16);
  let r1 = v128.load(states, 32);
  let r2 = v128.load(states, 48);
  let t1 = v128.load(states, 64);
  let t2 = v128.load(states, 80);
  let u1 = v128.load(states, 96);
  let u2 = v128.load(states, 112);
  // Of the sample before: what the second filter takes, and the all-pass of the split, both in the upper half.
  let once = f32x4.splat(0);
  let turned = f32x4.splat(0);
  const end = left + ((<usize>frames) << 2);
  for (const first = left; left <= end; left += 4, right += 4) {
    const x = left < end ? v128.load32_lane(right, v128.load32_zero(left), 1) : f32x4.splat(0);
    let v = f32x4.sub(v128.shuffle<f64>(x, once, 0, 3), p2);
    let next1 = nextFirst(p1, v, c1, c2);
    let next2 = nextSecond(p1, p2, v, c2, c3);
    const sums = f32x4.add(p2, next2);
    const allPass = f32x4.sub(x, f32x4.mul(damping, f32x4.add(p1, next1)));
    const before = turned;
    turned = v128.shuffle<f64>(allPass, allPass, 0, 0);
    once = v128.shuffle<f64>(sums, sums, 0, 0);
    if (left === first) {
      p1 = v128.shuffle<f64>(next1, p1, 0, 3);
      p2 = v128.shuffle<f64>(next2, p2, 0, 3);
      continue;
    }
    if (left === end) {
      next1 = v128.shuffle<f64>(p1, next1, 0, 3);
      next2 = v128.shuffle<f64>(p2, next2, 0, 3);
    }
    p1 = next1;
    p2 = next2;
    const low = f32x4.mul(quarter, sums);
    // From here on the lower part in the lower half, the upper part in the upper half.
    let both = v128.shuffle<f64>(low, f32x4.sub(before, low), 1, 3);
    if (bands === 2) {
      storeLower(target, toRight, both);
      storeUpper(target + toNext, toRight, both);
      target += 4;
      continue;
    }
    if (bands === 4) {
      const b2 = v128.load(c, COEFFICIENTS + 16);
      v = f32x4.sub(both, r2);
      next1 = nextFirst(r1, v, v128.load(c, COEFFICIENTS), b2);
      next2 = nextSecond(r1, r2, v, b2, v128.load(c, COEFFICIENTS + 32));
      both = f32x4.sub(both, f32x4.mul(damping, f32x4.add(r1, next1)));
      r1 = next1;
      r2 = next2;
    }
    const d1 = v128.load(c, 2 * COEFFICIENTS);
    const d2 = v128.load(c, 2 * COEFFICIENTS + 16);
    const d3 = v128.load(c, 2 * COEFFICIENTS + 32);
    v = f32x4.sub(both, t2);
    next1 = nextFirst(t1, v, d1, d2);
    next2 = nextSecond(t1, t2, v, d2, d3);
    const onceAgain = f32x4.add(t2, next2);
    const aligned = f32x4.sub(both, f32x4.mul(damping, f32x4.add(t1, next1)));
    t1 = next1;
    t2 = next2;
    v = f32x4.sub(onceAgain, u2);
    next1 = nextFirst(u1, v, d1, d2);
    next2 = nextSecond(u1, u2, v, d2, d3);
    const below = f32x4.mul(quarter, f32x4.add(u2, next2));
    u1 = next1;
    u2 = next2;
    const above = f32x4.sub(aligned, below);
    if (bands === 3) {
      storeLower(target, toRight, aligned);
      storeUpper(target + toNext, toRight, below);
      storeUpper(target + 2 * toNext, toRight, above);
    } else {
      storeLower(target, toRight, below);
      storeLower(target + toNext, toRight, above);
      storeUpper(target + 2 * toNext, toRight, below);
      storeUpper(target + 3 * toNext, toRight, above);
    }
    target += 4;
  }
  v128.store(states, p1);
  v128.store(states, p2, 16);
  v128.store(states, r1, 32);
  v128.store(states, r2, 48);
  v128.store(states, t1, 64);
  v128.store(states, t2, 80);
  v128.store(states, u1, 96);
  v128.store(states, u2, 112);
}

/**
 * Deals the next of `frames` samples into the bands, which hold them until the next call.
 * @param stride bytes from a channel to the next
 * @returns how many frames it took: all, or those before the next flush
 */
export function crossoverSplit(state: Crossover, samples: usize, stride: usize, frames: i32): i32 {
  const count = min(frames, FLUSH_FRAMES - state.position);
  const toNext = BAND_STRIDE * <usize>state.channels;
  for (let channel = 0; channel < state.channels; channel += 2) {
    const left = samples + stride * <usize>channel;
    // An odd channel is its own neighbour.
    const paired = channel + 1 < state.channels;
    splitPair(
      state,
      state.states + PAIR_STATE * <usize>(channel >> 1),
      left,
      paired ? left + stride : left,
      count,
      state.split + BAND_STRIDE * <usize>channel,
      paired ? BAND_STRIDE : 0,
      toNext,
    );
  }
  state.position += count;
  if (state.position === FLUSH_FRAMES) {
    flushStates(state.states, stateBytes(state));
    state.position = 0;
  }
  return count;
}

/** The first channel of a band, counted from the lowest from 0 on; the others follow BAND_STRIDE apart. */
export function crossoverBand(state: Crossover, band: i32): usize {
  return state.split + BAND_STRIDE * <usize>(state.channels * band);
}

/** samples[i] = the sum over the bands, from the lowest on, for one channel. */
function sumChannel(samples: usize, frames: i32, target: usize, toNext: usize, bands: i32): void {
  let i = 0;
  for (; i + 4 <= frames; i += 4, samples += 16, target += 16) {
    let sum = v128.load(target);
    for (let band = 1, at = target + toNext; band < bands; band++, at += toNext) sum = f32x4.add(sum, v128.load(at));
    v128.store(samples, sum);
  }
  for (; i < frames; i++, samples += 4, target += 4) {
    let sum = load<f32>(target);
    for (let band = 1, at = target + toNext; band < bands; band++, at += toNext) sum += load<f32>(at);
    store<f32>(samples, sum);
  }
}

/** Adds up the first `frames` samples of the bands again, into `samples`. */
export function crossoverSum(state: Crossover, samples: usize, stride: usize, frames: i32): void {
  const toNext = BAND_STRIDE * <usize>state.channels;
  for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
    sumChannel(samples + stride * channel, frames, state.split + BAND_STRIDE * channel, toNext, state.bands);
  }
}
