// Width of a stereo signal, by its side alone: left + d and right - d, where d is the new side minus the old one. The
// middle takes no part, so the sum of the channels stays, and where nothing is changed d is 0.
//   side = (left - right) / 2;  low = side - highpass(side);  d = width (side - share low) - side
import { FLUSH_FRAMES, SILENCE } from '../filter/flush';
import { HIGH_PASS, svfDesign } from '../filter/svf-design';
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from './glide';

/** Parameters: six coefficients of the high-pass, the width, and the share of the low side that is taken away. */
const PARAMETERS: i32 = 8;
const WIDTH: usize = 6;
const SHARE: usize = 7;

@unmanaged
class StereoWidth {
  sampleRate: f64;
  /** Frames until the states are flushed. */
  untilFlush: i32;
  glide: usize;
  s1: f32;
  s2: f32;
}

/** @returns 0 when no memory is left */
export function stereoWidthCreate(sampleRate: f64, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<StereoWidth>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  if (pointer === 0 || glide === 0) return 0;
  const state = changetype<StereoWidth>(pointer);
  state.sampleRate = sampleRate;
  state.glide = glide;
  return pointer;
}

/**
 * Where the parameters go in the next `rampFrames` frames.
 * @param monoBelowHz 0 for none; the high-pass keeps its corner then
 */
export function stereoWidthSet(pointer: usize, width: f64, monoBelowHz: f64): void {
  const state = changetype<StereoWidth>(pointer);
  const glide = changetype<Glide>(state.glide);
  if (monoBelowHz > 0) svfDesign(glide.targets, 4, HIGH_PASS, state.sampleRate, monoBelowHz, Math.SQRT1_2, 0);
  glideTo(glide, WIDTH, width);
  glideTo(glide, SHARE, monoBelowHz > 0 ? 1 : 0);
  glideStart(glide);
}

/** Forgets what was heard; parameters that were on their way arrive. */
export function stereoWidthReset(pointer: usize): void {
  const state = changetype<StereoWidth>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  state.untilFlush = FLUSH_FRAMES;
  state.s1 = 0;
  state.s2 = 0;
}

/** Frames whose width stands still and whose low side stays. */
function widen(state: StereoWidth, left: usize, right: usize, frames: i32): void {
  const width = load<f32>(changetype<Glide>(state.glide).present, WIDTH << 2);
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
function widenAbove(state: StereoWidth, left: usize, right: usize, frames: i32): void {
  const glide = changetype<Glide>(state.glide);
  const present = glide.present;
  let s1 = state.s1;
  let s2 = state.s2;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
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
    const kept = side - load<f32>(present, SHARE << 2) * (side - high);
    const change = load<f32>(present, WIDTH << 2) * kept - side;
    store<f32>(left, l + change);
    store<f32>(right, r - change);
  }
  state.s1 = s1;
  state.s2 = s2;
}

/** Changes the width of `frames` frames in place. */
export function stereoWidthProcess(pointer: usize, left: usize, right: usize, frames: i32): void {
  const state = changetype<StereoWidth>(pointer);
  const glide = changetype<Glide>(state.glide);
  while (frames > 0) {
    let count = min(frames, state.untilFlush);
    if (glide.left > 0) count = min(count, glide.left);
    if (glide.left > 0 || load<f32>(glide.present, SHARE << 2) > 0) {
      widenAbove(state, left, right, count);
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
