// Three bands with fourth-order Linkwitz-Riley crossovers, from state-variable filters of Butterworth quality: two of
// them in a row make the low-pass, and since low-pass and high-pass add up to the second-order all-pass of the same
// filter, the high-pass is that all-pass minus the low-pass. The low band passes the upper crossover's all-pass too, so
// that all three bands have the same phase and their sum is flat.
// Source: S. P. Lipshitz and J. Vanderkooy, "In-phase crossover network design", JAES 34 (1986).
import { arenaAllocate } from '../memory/arena';
import { LOW_PASS, svfDesign } from './svf-design';
import { nextFirst, nextSecond } from './svf-step';

const FLUSH_FRAMES: i32 = 1024;
const SILENCE: f32 = 1e-20;
const PAIR_STATE: usize = 128;

@unmanaged
class Isolator {
  channels: i32;
  untilFlush: i32;
  /** c1, c2, c3 of the lower and of the upper crossover. */
  low: usize;
  high: usize;
  /** Of each pair of channels: s1 and s2 of four filters, a v128 each. */
  states: usize;
}

function stateBytes(state: Isolator): usize {
  return PAIR_STATE * <usize>((state.channels + 1) >> 1);
}

/** @returns 0 when no memory is left */
export function isolatorCreate(sampleRate: f64, channels: i32, lowHz: f64, highHz: f64): usize {
  const pointer = arenaAllocate(offsetof<Isolator>());
  const low = arenaAllocate(32);
  const high = arenaAllocate(32);
  const states = arenaAllocate(PAIR_STATE * <usize>((channels + 1) >> 1));
  if (pointer === 0 || low === 0 || high === 0 || states === 0) return 0;
  const state = changetype<Isolator>(pointer);
  state.channels = channels;
  state.low = low;
  state.high = high;
  state.states = states;
  svfDesign(low, 4, LOW_PASS, sampleRate, lowHz, Math.SQRT1_2, 0);
  svfDesign(high, 4, LOW_PASS, sampleRate, highHz, Math.SQRT1_2, 0);
  isolatorReset(pointer);
  return pointer;
}

/** Forgets what was heard. */
export function isolatorReset(pointer: usize): void {
  const state = changetype<Isolator>(pointer);
  memory.fill(state.states, 0, stateBytes(state));
  state.untilFlush = FLUSH_FRAMES;
}

/**
 * `frames` samples of one pair of channels. Gains start at lane 0 to 2 of `gains` (low, middle, high) for frame number
 * `first` = 0 and change by those lanes of `steps` a frame.
 * @param peaks where there are any, the samples stay as they are and the largest magnitudes of the bands are kept here:
 * low and middle of both channels, then high
 */
function runPair(
  state: Isolator,
  states: usize,
  left: usize,
  right: usize,
  first: i32,
  frames: i32,
  gains: v128,
  steps: v128,
  peaks: usize,
): void {
  const c1 = v128.load_splat<f32>(state.low);
  const c2 = v128.load_splat<f32>(state.low, 4);
  const c3 = v128.load_splat<f32>(state.low, 8);
  const d1 = v128.load_splat<f32>(state.high);
  const d2 = v128.load_splat<f32>(state.high, 4);
  const d3 = v128.load_splat<f32>(state.high, 8);
  const damping = f32x4.splat(<f32>Math.SQRT2);
  const half = f32x4.splat(0.5);
  let p1 = v128.load(states);
  let p2 = v128.load(states, 16);
  let q1 = v128.load(states, 32);
  let q2 = v128.load(states, 48);
  let r1 = v128.load(states, 64);
  let r2 = v128.load(states, 80);
  let t1 = v128.load(states, 96);
  let t2 = v128.load(states, 112);
  let lowAndMiddle = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let i = first; i < first + frames; i++, left += 4, right += 4) {
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    // Lower crossover, first low-pass and all-pass.
    let v = f32x4.sub(x, p2);
    let next1 = nextFirst(p1, v, c1, c2);
    let next2 = nextSecond(p1, p2, v, c2, c3);
    const lowOnce = f32x4.mul(half, f32x4.add(p2, next2));
    const allPass = f32x4.sub(x, f32x4.mul(damping, f32x4.add(p1, next1)));
    p1 = next1;
    p2 = next2;
    // Second low-pass: the low band; the rest goes on to the upper crossover.
    v = f32x4.sub(lowOnce, q2);
    next1 = nextFirst(q1, v, c1, c2);
    next2 = nextSecond(q1, q2, v, c2, c3);
    const low = f32x4.mul(half, f32x4.add(q2, next2));
    q1 = next1;
    q2 = next2;
    // Upper crossover: the rest in the lower half, the low band, for its all-pass, in the upper half.
    const both = v128.shuffle<f64>(f32x4.sub(allPass, low), low, 0, 2);
    v = f32x4.sub(both, r2);
    next1 = nextFirst(r1, v, d1, d2);
    next2 = nextSecond(r1, r2, v, d2, d3);
    const middleOnce = f32x4.mul(half, f32x4.add(r2, next2));
    const aligned = f32x4.sub(both, f32x4.mul(damping, f32x4.add(r1, next1)));
    r1 = next1;
    r2 = next2;
    v = f32x4.sub(middleOnce, t2);
    next1 = nextFirst(t1, v, d1, d2);
    next2 = nextSecond(t1, t2, v, d2, d3);
    const middle = f32x4.mul(half, f32x4.add(t2, next2));
    t1 = next1;
    t2 = next2;

    if (peaks !== 0) {
      lowAndMiddle = f32x4.pmax(lowAndMiddle, f32x4.abs(v128.shuffle<f64>(aligned, middle, 1, 2)));
      high = f32x4.pmax(high, f32x4.abs(f32x4.sub(aligned, middle)));
      continue;
    }
    const gain = f32x4.add(gains, f32x4.mul(steps, f32x4.splat(<f32>i)));
    const y = f32x4.add(
      f32x4.mul(v128.shuffle<f32>(gain, gain, 0, 0, 0, 0), v128.shuffle<f64>(aligned, aligned, 1, 1)),
      f32x4.add(
        f32x4.mul(v128.shuffle<f32>(gain, gain, 1, 1, 1, 1), middle),
        f32x4.mul(v128.shuffle<f32>(gain, gain, 2, 2, 2, 2), f32x4.sub(aligned, middle)),
      ),
    );
    v128.store32_lane(left, y, 0);
    v128.store32_lane(right, y, 1);
  }
  if (peaks !== 0) {
    v128.store(peaks, f32x4.pmax(v128.load(peaks), lowAndMiddle));
    v128.store(peaks, f32x4.pmax(v128.load(peaks, 16), high), 16);
  }
  v128.store(states, p1);
  v128.store(states, p2, 16);
  v128.store(states, q1, 32);
  v128.store(states, q2, 48);
  v128.store(states, r1, 64);
  v128.store(states, r2, 80);
  v128.store(states, t1, 96);
  v128.store(states, t2, 112);
}

/**
 * Splits `frames` samples into three bands and adds them up again, in place, with a gain for each band that is `low`,
 * `middle`, `high` at the first sample and changes by a step from sample to sample.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function isolatorProcess(
  pointer: usize,
  samples: usize,
  stride: usize,
  frames: i32,
  low: f32,
  middle: f32,
  high: f32,
  lowStep: f32,
  middleStep: f32,
  highStep: f32,
): void {
  const state = changetype<Isolator>(pointer);
  let gains = f32x4.splat(low);
  gains = f32x4.replace_lane(gains, 1, middle);
  gains = f32x4.replace_lane(gains, 2, high);
  let steps = f32x4.splat(lowStep);
  steps = f32x4.replace_lane(steps, 1, middleStep);
  steps = f32x4.replace_lane(steps, 2, highStep);
  run(state, samples, stride, frames, gains, steps, 0);
}

/**
 * Raises `peaks` to the largest magnitudes that the bands of `frames` samples have in any channel; the samples stay as
 * they are.
 * @param peaks 8 floats: low twice, middle twice, high twice (of even and odd channels), two without meaning
 */
export function isolatorPeaks(pointer: usize, samples: usize, stride: usize, frames: i32, peaks: usize): void {
  run(changetype<Isolator>(pointer), samples, stride, frames, f32x4.splat(0), f32x4.splat(0), peaks);
}

function run(
  state: Isolator,
  samples: usize,
  stride: usize,
  frames: i32,
  gains: v128,
  steps: v128,
  peaks: usize,
): void {
  for (let first = 0; first < frames; ) {
    const count = min(frames - first, state.untilFlush);
    for (let channel = 0; channel < state.channels; channel += 2) {
      const left = samples + stride * <usize>channel + ((<usize>first) << 2);
      // An odd channel is its own neighbour.
      const right = channel + 1 < state.channels ? left + stride : left;
      runPair(state, state.states + PAIR_STATE * <usize>(channel >> 1), left, right, first, count, gains, steps, peaks);
    }
    first += count;
    state.untilFlush -= count;
    if (state.untilFlush > 0) continue;
    state.untilFlush = FLUSH_FRAMES;
    for (let at = state.states, end = at + stateBytes(state); at < end; at += 16) {
      const value = v128.load(at);
      v128.store(at, v128.and(value, f32x4.ge(f32x4.abs(value), f32x4.splat(SILENCE))));
    }
  }
}
