// Width of a stereo signal, by its side alone: left + d and right - d, where d is the new side minus the old one. The
// middle takes no part, so the sum of the channels stays, and where nothing is changed d is 0.
//   side = (left - right) / 2;  low = side - highpass(side);  d = width (side - share low) - side
import { FLUSH_FRAMES, SILENCE } from '../filter/flush';
import { HIGH_PASS, svfDesign } from '../filter/svf-design';
import { arenaAllocate } from '../memory/arena';

/** Floats that glide: six coefficients of the high-pass, the width, and the share of the low side that is taken away. */
const PARAMETERS: usize = 32;
const WIDTH: usize = 24;
const SHARE: usize = 28;

@unmanaged
class StereoWidth {
  sampleRate: f64;
  rampFrames: i32;
  /** Frames left of the present ramp. */
  rampLeft: i32;
  /** Frames until the states are flushed. */
  untilFlush: i32;
  /** Parameters as they are, where they go to, and their steps a frame. */
  present: usize;
  targets: usize;
  steps: usize;
  s1: f32;
  s2: f32;
}

/** @returns 0 when no memory is left */
export function stereoWidthCreate(sampleRate: f64, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<StereoWidth>());
  const present = arenaAllocate(PARAMETERS);
  const targets = arenaAllocate(PARAMETERS);
  const steps = arenaAllocate(PARAMETERS);
  if (pointer === 0 || present === 0 || targets === 0 || steps === 0) return 0;
  const state = changetype<StereoWidth>(pointer);
  state.sampleRate = sampleRate;
  state.rampFrames = rampFrames;
  state.present = present;
  state.targets = targets;
  state.steps = steps;
  return pointer;
}

/**
 * Where the parameters go in the next `rampFrames` frames.
 * @param monoBelowHz 0 for none; the high-pass keeps its corner then
 */
export function stereoWidthSet(pointer: usize, width: f64, monoBelowHz: f64): void {
  const state = changetype<StereoWidth>(pointer);
  if (monoBelowHz > 0) svfDesign(state.targets, 4, HIGH_PASS, state.sampleRate, monoBelowHz, Math.SQRT1_2, 0);
  store<f32>(state.targets, <f32>width, WIDTH);
  store<f32>(state.targets, monoBelowHz > 0 ? 1 : 0, SHARE);
  const each = f32x4.splat(<f32>(1.0 / <f64>state.rampFrames));
  for (let at: usize = 0; at < PARAMETERS; at += 16) {
    const way = f32x4.sub(v128.load(state.targets + at), v128.load(state.present + at));
    v128.store(state.steps + at, f32x4.mul(way, each));
  }
  state.rampLeft = state.rampFrames;
}

/** Forgets what was heard; parameters that were on their way arrive. */
export function stereoWidthReset(pointer: usize): void {
  const state = changetype<StereoWidth>(pointer);
  memory.copy(state.present, state.targets, PARAMETERS);
  state.rampLeft = 0;
  state.untilFlush = FLUSH_FRAMES;
  state.s1 = 0;
  state.s2 = 0;
}

/** Frames whose width stands still and whose low side stays. */
function widen(state: StereoWidth, left: usize, right: usize, frames: i32): void {
  const width = load<f32>(state.present, WIDTH);
  state.s1 = 0;
  state.s2 = 0;
  if (width === 1) return;
  const widths = f32x4.splat(width);
  const half = f32x4.splat(0.5);
  let i = 0;
  for (; i + 4 <= frames; i += 4, left += 16, right += 16) {
    const l = v128.load(left);
    const r = v128.load(right);
    const side = f32x4.mul(half, f32x4.sub(l, r));
    const change = f32x4.sub(f32x4.mul(widths, side), side);
    v128.store(left, f32x4.add(l, change));
    v128.store(right, f32x4.sub(r, change));
  }
  for (; i < frames; i++, left += 4, right += 4) {
    const l = load<f32>(left);
    const r = load<f32>(right);
    const side = <f32>0.5 * (l - r);
    const change = width * side - side;
    store<f32>(left, l + change);
    store<f32>(right, r - change);
  }
}

/** Frames whose low side is taken away, as far as `share` says, while parameters may glide. */
function widenAbove(state: StereoWidth, left: usize, right: usize, frames: i32, rampLeft: i32): void {
  const present = state.present;
  let s1 = state.s1;
  let s2 = state.s2;
  for (let i = 1; i <= frames; i++, left += 4, right += 4) {
    if (rampLeft > 0) {
      const remaining = f32x4.splat(<f32>(rampLeft - i));
      for (let at: usize = 0; at < PARAMETERS; at += 16) {
        const way = f32x4.mul(v128.load(state.steps + at), remaining);
        v128.store(present + at, f32x4.sub(v128.load(state.targets + at), way));
      }
    }
    const c1 = load<f32>(present);
    const c2 = load<f32>(present, 4);
    const c3 = load<f32>(present, 8);
    const l = load<f32>(left);
    const r = load<f32>(right);
    const side = <f32>0.5 * (l - r);
    const high = load<f32>(present, 12) * side + (load<f32>(present, 16) * s1 + load<f32>(present, 20) * s2);
    const v = side - s2;
    s2 = s2 + (c2 * s1 + c3 * v);
    s1 = s1 + (c2 * v - c1 * s1);
    const kept = side - load<f32>(present, SHARE) * (side - high);
    const change = load<f32>(present, WIDTH) * kept - side;
    store<f32>(left, l + change);
    store<f32>(right, r - change);
  }
  state.s1 = s1;
  state.s2 = s2;
}

/** Changes the width of `frames` frames in place. */
export function stereoWidthProcess(pointer: usize, left: usize, right: usize, frames: i32): void {
  const state = changetype<StereoWidth>(pointer);
  while (frames > 0) {
    let count = min(frames, state.untilFlush);
    if (state.rampLeft > 0) count = min(count, state.rampLeft);
    if (state.rampLeft > 0 || load<f32>(state.present, SHARE) > 0) {
      widenAbove(state, left, right, count, state.rampLeft);
      state.rampLeft = max(0, state.rampLeft - count);
    } else {
      widen(state, left, right, count);
    }
    state.untilFlush -= count;
    if (state.untilFlush === 0) {
      state.untilFlush = FLUSH_FRAMES;
      if (abs(state.s1) < SILENCE) state.s1 = 0;
      if (abs(state.s2) < SILENCE) state.s2 = 0;
    }
    left += (<usize>count) << 2;
    right += (<usize>count) << 2;
    frames -= count;
  }
}
