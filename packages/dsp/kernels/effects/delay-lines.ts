// Delay lines of equal length that move together: rings of samples, read anywhere in the past of the frame that is
// written next.
import { SILENCE } from '../filter/flush';
import { arenaAllocate } from '../memory/arena';

@unmanaged
export class DelayLines {
  samples: usize;
  /** Bytes from a line to the next. */
  stride: usize;
  lines: i32;
  /** Frames of a line, a power of two, less one. */
  mask: i32;
  /** Number of the frame that is written next; it wraps, and so does what is computed from it. */
  position: i32;
}

/**
 * @param frames the longest delay
 * @returns 0 when no memory is left
 */
export function delayLinesCreate(lines: i32, frames: i32): usize {
  // One frame before the longest delay is read too.
  let length = 4;
  while (length < frames + 2) length <<= 1;
  // A cache line more than a power of two, so that the frames written together do not share a set of the cache.
  const stride = ((<usize>length) << 2) + 64;
  const pointer = arenaAllocate(offsetof<DelayLines>());
  const samples = arenaAllocate(stride * <usize>lines);
  if (pointer === 0 || samples === 0) return 0;
  const state = changetype<DelayLines>(pointer);
  state.samples = samples;
  state.stride = stride;
  state.lines = lines;
  state.mask = length - 1;
  return pointer;
}

/** Fills the lines with silence. */
export function delayLinesReset(state: DelayLines): void {
  memory.fill(state.samples, 0, state.stride * <usize>state.lines);
}

/** Address of frame `position` of a line. */
export function delayAddress(state: DelayLines, line: usize, position: i32): usize {
  return state.samples + state.stride * line + ((<usize>(position & state.mask)) << 2);
}

/** What a line took `delay` frames ago, at least 1. */
export function delayRead(state: DelayLines, line: usize, delay: i32): f32 {
  return load<f32>(delayAddress(state, line, state.position - delay));
}

/** Frame `position` of the line at `line` and frame `otherPosition` of the one at `other`, in lanes 0 and 1. */
export function readPair(line: usize, other: usize, mask: i32, position: i32, otherPosition: i32): v128 {
  const first = v128.load32_zero(line + ((<usize>(position & mask)) << 2));
  return v128.load32_lane(other + ((<usize>(otherPosition & mask)) << 2), first, 1);
}

/**
 * What line 0 took `left` frames ago and line `second` took `right` frames ago, both at least 3, in lanes 0 and 1; between frames
 * by Lagrange's polynomial of third degree. Between its two middle samples that never has a gain above 1 at any
 * frequency, so a loop through it stays stable.
 * Source: T. I. Laakso, V. Valimaki, M. Karjalainen and U. K. Laine, "Splitting the unit delay", IEEE Signal Processing
 * Magazine 13 (1996).
 */
export function delayInterpolate(state: DelayLines, second: usize, left: f64, right: f64): v128 {
  const leftWhole = Math.ceil(left);
  const rightWhole = Math.ceil(right);
  const f = f32x4.replace_lane(f32x4.splat(<f32>(leftWhole - left)), 1, <f32>(rightWhole - right));
  const line = state.samples;
  const other = line + state.stride * second;
  const mask = state.mask;
  const l = state.position - <i32>leftWhole;
  const r = state.position - <i32>rightWhole;
  const one = f32x4.splat(1);
  const lessOne = f32x4.sub(f, one);
  const lessTwo = f32x4.sub(lessOne, one);
  const more = f32x4.add(f, one);
  const below = f32x4.mul(lessOne, lessTwo);
  const above = f32x4.mul(more, f);
  const sixth = f32x4.splat(<f32>(1 / 6));
  const half = f32x4.splat(0.5);
  const outer = f32x4.sub(
    f32x4.mul(readPair(line, other, mask, l + 2, r + 2), f32x4.mul(above, lessOne)),
    f32x4.mul(readPair(line, other, mask, l - 1, r - 1), f32x4.mul(below, f)),
  );
  const inner = f32x4.sub(
    f32x4.mul(readPair(line, other, mask, l, r), f32x4.mul(below, more)),
    f32x4.mul(readPair(line, other, mask, l + 1, r + 1), f32x4.mul(above, lessTwo)),
  );
  return f32x4.add(f32x4.mul(sixth, outer), f32x4.mul(half, inner));
}

/** Writes `frames` frames of a line from its position on, which stays. */
export function delayFill(state: DelayLines, line: usize, source: usize, frames: i32): void {
  const untilEnd = state.mask + 1 - (state.position & state.mask);
  const first = min(frames, untilEnd);
  memory.copy(delayAddress(state, line, state.position), source, (<usize>first) << 2);
  const rest = delayAddress(state, line, state.position + first);
  if (frames > first) memory.copy(rest, source + ((<usize>first) << 2), (<usize>(frames - first)) << 2);
}

/** The other way: the frames of a line from `delay` frames ago on, as many as `delay` at most. */
export function delayTake(state: DelayLines, line: usize, delay: i32, target: usize, frames: i32): void {
  const from = state.position - delay;
  const first = min(frames, state.mask + 1 - (from & state.mask));
  memory.copy(target, delayAddress(state, line, from), (<usize>first) << 2);
  const rest = delayAddress(state, line, from + first);
  if (frames > first) memory.copy(target + ((<usize>first) << 2), rest, (<usize>(frames - first)) << 2);
}

/** `value` where it is above SILENCE, 0 elsewhere: what circulates in a loop comes to rest instead of becoming denormal. */
export function audible(value: v128): v128 {
  return v128.and(value, f32x4.ge(f32x4.abs(value), f32x4.splat(SILENCE)));
}
