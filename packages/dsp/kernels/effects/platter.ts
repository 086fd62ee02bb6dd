// Platter: a record that is stopped, or spun back, by hand. A head reads the recent past at a speed that follows straight lines:
//   speed goes from 1 to `speed` within `turn` frames, from there to 0 at `end`
// The place of the head is the integral of that, in closed form; between frames by a sinc under a Kaiser window. In the last
// tenth of the time the sound fades, or a record that stands still would leave a constant.
// The line takes what comes in all along. Changes of head are crossfades.
import { interpolationTaps } from '../filter/windowed-sinc';
import { arenaAllocate } from '../memory/arena';
import { DelayLines, delayAddress, delayFill, delayLinesCreate, delayLinesReset } from './delay-lines';

const TAPS: i32 = 32;
const PHASES: i32 = 256;
const ROW: usize = (<usize>TAPS) << 2;
/** Side-lobes at -90 dB. */
const BETA: f64 = 9;
/** How far behind the newest frame a head begins: its taps reach as far ahead. */
const BEHIND: i32 = TAPS / 2;
/** Share of its time in which a head fades. */
const FADING: f64 = 0.1;

@unmanaged
class Head {
  /** Whether it plays what comes in; the rest has no meaning then. */
  live: bool;
  /** Frames since it was put down, up to the end. */
  age: i32;
  turn: i32;
  end: i32;
  speed: f64;
}

@unmanaged
class Platter {
  channels: i32;
  lines: usize;
  /** PHASES + 1 rows of TAPS. */
  table: usize;
  /** Samples of one read, left and right, where they go over the end of the ring. */
  scratch: usize;
  fadeFrames: i32;
  /** Frames left of the fade from the head `from` to the head `to`. */
  fadeLeft: i32;
  from: usize;
  to: usize;
  /** The head to fade to when no fade is under way, if one was asked for. */
  wanted: usize;
  asked: bool;
}

/**
 * @param longest how far back a head goes, in frames
 * @returns 0 when no memory is left
 */
export function platterCreate(channels: i32, longest: i32, fadeFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Platter>());
  const lines = delayLinesCreate(channels, longest + TAPS);
  const table = arenaAllocate(ROW * <usize>(PHASES + 1));
  const scratch = arenaAllocate(2 * ROW);
  const from = arenaAllocate(offsetof<Head>());
  const to = arenaAllocate(offsetof<Head>());
  const wanted = arenaAllocate(offsetof<Head>());
  if (pointer === 0 || lines === 0 || table === 0 || scratch === 0 || from === 0 || to === 0 || wanted === 0) return 0;
  const state = changetype<Platter>(pointer);
  state.channels = channels;
  state.lines = lines;
  state.table = table;
  state.scratch = scratch;
  state.fadeFrames = fadeFrames;
  state.from = from;
  state.to = to;
  state.wanted = wanted;
  for (let row = 0; row <= PHASES; row++) {
    interpolationTaps(table + ROW * <usize>row, TAPS, <f64>row / <f64>PHASES, 0.5, BETA);
  }
  platterReset(pointer);
  return pointer;
}

/** Forgets what was heard and plays what comes in. */
export function platterReset(pointer: usize): void {
  const state = changetype<Platter>(pointer);
  delayLinesReset(changetype<DelayLines>(state.lines));
  changetype<Head>(state.from).live = true;
  state.fadeLeft = 0;
  state.asked = false;
}

/** Puts a head down as soon as no fade is under way: its speed goes to `speed` in `turn` frames, to 0 at frame `end`. */
export function platterMove(pointer: usize, turn: i32, end: i32, speed: f64): void {
  const state = changetype<Platter>(pointer);
  const head = changetype<Head>(state.wanted);
  head.live = false;
  head.age = 0;
  head.turn = turn;
  head.end = end;
  head.speed = speed;
  state.asked = true;
}

/** Goes back to what comes in as soon as no fade is under way. */
export function platterRelease(pointer: usize): void {
  const state = changetype<Platter>(pointer);
  changetype<Head>(state.wanted).live = true;
  state.asked = true;
}

/** Address of TAPS frames of a line in a row, which is `scratch` where they go over the end of the ring. */
function span(lines: DelayLines, line: usize, position: i32, scratch: usize): usize {
  const start = delayAddress(lines, line, position);
  const untilEnd = lines.mask + 1 - (position & lines.mask);
  if (untilEnd >= TAPS) return start;
  const first = (<usize>untilEnd) << 2;
  memory.copy(scratch, start, first);
  memory.copy(scratch + first, delayAddress(lines, line, position + untilEnd), ROW - first);
  return scratch;
}

/** Sums of the products of TAPS values with taps between two rows, of left and right in lanes 0 and 1. */
function weigh(left: usize, right: usize, row: usize, share: v128): v128 {
  let leftSum = f32x4.splat(0);
  let rightSum = f32x4.splat(0);
  for (const end = row + ROW; row < end; row += 16, left += 16, right += 16) {
    const tap = v128.load(row);
    const between = f32x4.add(tap, f32x4.mul(share, f32x4.sub(v128.load(row, ROW), tap)));
    leftSum = f32x4.add(leftSum, f32x4.mul(between, v128.load(left)));
    rightSum = f32x4.add(rightSum, f32x4.mul(between, v128.load(right)));
  }
  const sums = f32x4.add(
    v128.shuffle<f32>(leftSum, rightSum, 0, 4, 1, 5),
    v128.shuffle<f32>(leftSum, rightSum, 2, 6, 3, 7),
  );
  return f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
}

/** What a head gives for the newest frame, left and right in lanes 0 and 1; it moves on. */
function play(state: Platter, lines: DelayLines, head: Head, x: v128): v128 {
  if (head.live) return x;
  if (head.age >= head.end) return f32x4.splat(0);
  const age = <f64>head.age;
  const turn = <f64>head.turn;
  head.age += 1;
  let travelled: f64;
  if (age < turn) {
    const slope = (head.speed - 1) / turn;
    travelled = age + 0.5 * slope * age * age;
  } else {
    const rest = age - turn;
    const slope = head.speed / (<f64>head.end - turn);
    travelled = 0.5 * turn * (1 + head.speed) + head.speed * rest - 0.5 * slope * rest * rest;
  }
  // Against the newest frame, which moves on by one a frame.
  const place = travelled - age - <f64>BEHIND;
  const whole = Math.floor(place);
  const phase = (place - whole) * <f64>PHASES;
  const row = state.table + ROW * <usize>phase;
  const share = f32x4.splat(<f32>(phase - Math.floor(phase)));
  const first = lines.position + <i32>whole - (BEHIND - 1);
  const left = span(lines, 0, first, state.scratch);
  const right = state.channels > 1 ? span(lines, 1, first, state.scratch + ROW) : left;
  const gain = <f32>min(1, (<f64>head.end - age) / (FADING * <f64>head.end));
  return f32x4.mul(f32x4.splat(gain), weigh(left, right, row, share));
}

/** A frame; `left` and `right` are the same for a single channel. */
function processFrame(state: Platter, lines: DelayLines, left: usize, right: usize): void {
  const x = v128.load32_lane(right, v128.load32_zero(left), 1);
  const second: usize = state.channels > 1 ? 1 : 0;
  v128.store32_lane(delayAddress(lines, 0, lines.position), x, 0);
  v128.store32_lane(delayAddress(lines, second, lines.position), x, 1);
  let y = play(state, lines, changetype<Head>(state.from), x);
  if (state.fadeLeft > 0) {
    state.fadeLeft -= 1;
    const next = play(state, lines, changetype<Head>(state.to), x);
    const weight = f32x4.splat(<f32>(state.fadeFrames - state.fadeLeft) / <f32>state.fadeFrames);
    y = f32x4.add(y, f32x4.mul(weight, f32x4.sub(next, y)));
    if (state.fadeLeft === 0) {
      const from = state.from;
      state.from = state.to;
      state.to = from;
    }
  }
  lines.position += 1;
  v128.store32_lane(right, y, 1);
  v128.store32_lane(left, y, 0);
}

/**
 * Plays `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function platterProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Platter>(pointer);
  const lines = changetype<DelayLines>(state.lines);
  const toRight = state.channels > 1 ? stride : 0;
  while (frames > 0) {
    if (state.fadeLeft === 0 && state.asked) {
      memory.copy(state.to, state.wanted, offsetof<Head>());
      state.asked = false;
      state.fadeLeft = state.fadeFrames;
    }
    let count = min(frames, lines.mask + 1);
    if (state.fadeLeft === 0 && changetype<Head>(state.from).live) {
      delayFill(lines, 0, samples, count);
      if (toRight > 0) delayFill(lines, 1, samples + stride, count);
      lines.position += count;
    } else {
      if (state.fadeLeft > 0) count = min(count, state.fadeLeft);
      for (let i: usize = 0; i < <usize>count; i++) {
        const at = samples + (i << 2);
        processFrame(state, lines, at, at + toRight);
      }
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
