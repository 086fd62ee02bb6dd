// Delay lines of equal length that move together: rings of samples, read anywhere in the past of the frame that is
// written next.
import { SILENCE } from '../filter/flush';
import { arenaAllocate } from '../memory/arena';

/** Interpolation reads one frame before and two behind a place, and the newest of these must be there. */
export const LEAST_DELAY: i32 = 3;

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

/**
 * What a line took `delay` frames ago, at least LEAST_DELAY, between frames by Lagrange's polynomial of third degree.
 * Between its two middle samples that never has a gain above 1 at any frequency, so a loop through it stays stable.
 * Source: T. I. Laakso, V. Valimaki, M. Karjalainen and U. K. Laine, "Splitting the unit delay", IEEE Signal Processing
 * Magazine 13 (1996).
 */
export function delayInterpolate(state: DelayLines, line: usize, delay: f64): f32 {
  const whole = Math.ceil(delay);
  const f = <f32>(whole - delay);
  const first = state.position - <i32>whole;
  const below = (f - 1) * (f - 2);
  const above = (f + 1) * f;
  return (
    load<f32>(delayAddress(state, line, first - 1)) * (below * f * <f32>(-1 / 6)) +
    load<f32>(delayAddress(state, line, first)) * (below * (f + 1) * 0.5) +
    (load<f32>(delayAddress(state, line, first + 1)) * (above * (f - 2) * -0.5) +
      load<f32>(delayAddress(state, line, first + 2)) * (above * (f - 1) * <f32>(1 / 6)))
  );
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
