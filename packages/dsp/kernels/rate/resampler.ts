// Sample-rate conversion by a polyphase filter. With the rates as a fraction L / M in lowest terms, output k stands at the
// input time k M / L: a whole number of samples and one of L phases, each with taps of its own. Where L is large, taps are
// interpolated between fewer phases.
// Source: R. E. Crochiere and L. R. Rabiner, "Interpolation and decimation of digital signals", Proc. IEEE 69 (1981);
// length of a Kaiser window for an attenuation and a transition: A. V. Oppenheim and R. W. Schafer, "Discrete-Time Signal
// Processing", section 7.5.3.
import { interpolationTaps } from '../filter/windowed-sinc';
import { arenaAllocate } from '../memory/arena';

const ATTENUATION_DB: f64 = 101;
const BETA: f64 = 0.1102 * (ATTENUATION_DB - 8.7);
/** Most phases that are tabulated one by one. */
const LARGEST_TABLE: i32 = 1280;
/** Phases to interpolate between when the input has the lower rate: -118 dB at half the sample rate. */
const INTERPOLATED_PHASES: f64 = 1024;
/** Most frames that are taken at once. */
const SLICE: i32 = 2048;

@unmanaged
class Resampler {
  channels: i32;
  /** Taps of a phase, a multiple of 8. */
  taps: i32;
  /** L, M / L and M mod L. */
  phases: i32;
  stepFrames: i32;
  stepPhases: i32;
  /** Rows of the table but the last one; as many as phases unless they are interpolated. */
  rows: i32;
  table: usize;
  lines: usize;
  lineBytes: usize;
  /** Frames in the lines; the taps of the next output begin at `next`, and its phase is `phase`. */
  filled: i32;
  next: i32;
  phase: i32;
}

function greatestCommonDivisor(a: i32, b: i32): i32 {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/**
 * @param pass end of the pass-band, as a share of half the lower rate
 * @param stop begin of the stop-band, likewise
 * @returns 0 when no memory is left
 */
export function resamplerCreate(channels: i32, fromRate: i32, toRate: i32, pass: f64, stop: f64): usize {
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const phases = toRate / divisor;
  const lower = <f64>min(fromRate, toRate) / <f64>fromRate;
  const length = (ATTENUATION_DB - 7.95) / (2.285 * Math.PI * (stop - pass) * lower) + 1;
  const taps = <i32>Math.ceil(length / 8) * 8;
  const rows = phases <= LARGEST_TABLE ? phases : <i32>Math.ceil(INTERPOLATED_PHASES * lower);
  const rowBytes = (<usize>taps) << 2;
  const lineBytes = (<usize>(taps + SLICE)) << 2;
  const pointer = arenaAllocate(offsetof<Resampler>());
  const table = arenaAllocate(rowBytes * <usize>(rows + 1));
  const lines = arenaAllocate(lineBytes * <usize>channels);
  if (pointer === 0 || table === 0 || lines === 0) return 0;
  const state = changetype<Resampler>(pointer);
  state.channels = channels;
  state.taps = taps;
  state.phases = phases;
  state.stepFrames = fromRate / toRate;
  state.stepPhases = (fromRate / divisor) % phases;
  state.rows = rows;
  state.table = table;
  state.lines = lines;
  state.lineBytes = lineBytes;
  for (let row = 0; row <= rows; row++) {
    interpolationTaps(table + rowBytes * <usize>row, taps, <f64>row / <f64>rows, ((pass + stop) * lower) / 4, BETA);
  }
  resamplerReset(pointer);
  return pointer;
}

/** Forgets what was heard. */
export function resamplerReset(pointer: usize): void {
  const state = changetype<Resampler>(pointer);
  memory.fill(state.lines, 0, state.lineBytes * <usize>state.channels);
  // The first output stands at the first sample, so half of its taps fall on silence before it.
  state.filled = (state.taps >> 1) - 1;
  state.next = 0;
  state.phase = 0;
}

/** Input frames that have to follow the one at or before an output's time. */
export function resamplerReach(pointer: usize): i32 {
  return changetype<Resampler>(pointer).taps >> 1;
}

/**
 * Sums of products with the taps of a row, which ends at `end`: of the left channel in lanes 0 and 2, of the right one in
 * 1 and 3.
 */
function weigh(row: usize, end: usize, left: usize, right: usize): v128 {
  let leftSum = f32x4.splat(0);
  let leftMore = f32x4.splat(0);
  let rightSum = f32x4.splat(0);
  let rightMore = f32x4.splat(0);
  for (; row < end; row += 32, left += 32, right += 32) {
    const taps = v128.load(row);
    const more = v128.load(row, 16);
    leftSum = f32x4.add(leftSum, f32x4.mul(taps, v128.load(left)));
    leftMore = f32x4.add(leftMore, f32x4.mul(more, v128.load(left, 16)));
    rightSum = f32x4.add(rightSum, f32x4.mul(taps, v128.load(right)));
    rightMore = f32x4.add(rightMore, f32x4.mul(more, v128.load(right, 16)));
  }
  leftSum = f32x4.add(leftSum, leftMore);
  rightSum = f32x4.add(rightSum, rightMore);
  const sums = f32x4.add(
    v128.shuffle<f32>(leftSum, rightSum, 0, 4, 1, 5),
    v128.shuffle<f32>(leftSum, rightSum, 2, 6, 3, 7),
  );
  return f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
}

/** `count` outputs of one pair of channels, from the present place on. */
function convert(state: Resampler, left: usize, right: usize, leftOutput: usize, rightOutput: usize, count: i32): void {
  const rowBytes = (<usize>state.taps) << 2;
  const interpolated = state.rows !== state.phases;
  let next = state.next;
  let phase = state.phase;
  for (let i = 0; i < count; i++, leftOutput += 4, rightOutput += 4) {
    const at = (<usize>next) << 2;
    let y: v128;
    if (interpolated) {
      const place = (<f64>phase * <f64>state.rows) / <f64>state.phases;
      const row = state.table + rowBytes * <usize>place;
      const share = f32x4.splat(<f32>(place - Math.floor(place)));
      y = weigh(row, row + rowBytes, left + at, right + at);
      const after = weigh(row + rowBytes, row + 2 * rowBytes, left + at, right + at);
      y = f32x4.add(y, f32x4.mul(share, f32x4.sub(after, y)));
    } else {
      const row = state.table + rowBytes * <usize>phase;
      y = weigh(row, row + rowBytes, left + at, right + at);
    }
    v128.store32_lane(leftOutput, y, 0);
    v128.store32_lane(rightOutput, y, 1);
    next += state.stepFrames;
    phase += state.stepPhases;
    if (phase >= state.phases) {
      phase -= state.phases;
      next += 1;
    }
  }
}

/** Outputs whose taps all fall on frames that are there. */
function available(state: Resampler): i32 {
  const last = state.filled - state.taps - state.next;
  if (last < 0) return 0;
  const step = <i64>state.stepFrames * <i64>state.phases + <i64>state.stepPhases;
  return <i32>(((<i64>last + 1) * <i64>state.phases - <i64>state.phase + step - 1) / step);
}

/**
 * Takes `frames` samples and gives at most `room` outputs.
 * @param input first channel, or 0 for silence
 * @param inputStride bytes from a channel to the next
 * @returns how many outputs were written
 */
export function resamplerProcess(
  pointer: usize,
  input: usize,
  inputStride: usize,
  frames: i32,
  output: usize,
  outputStride: usize,
  room: i32,
): i32 {
  const state = changetype<Resampler>(pointer);
  const channels = <usize>state.channels;
  let written = 0;
  while (frames > 0 && written < room) {
    const taken = min(frames, SLICE);
    for (let channel: usize = 0; channel < channels; channel++) {
      const end = state.lines + state.lineBytes * channel + ((<usize>state.filled) << 2);
      if (input !== 0) memory.copy(end, input + inputStride * channel, (<usize>taken) << 2);
      else memory.fill(end, 0, (<usize>taken) << 2);
    }
    state.filled += taken;
    const count = min(available(state), room - written);
    for (let channel: usize = 0; channel < channels; channel += 2) {
      const line = state.lines + state.lineBytes * channel;
      const target = output + outputStride * channel + ((<usize>written) << 2);
      // An odd channel is its own neighbour.
      const paired = channel + 1 < channels;
      convert(
        state,
        line,
        paired ? line + state.lineBytes : line,
        target,
        paired ? target + outputStride : target,
        count,
      );
    }
    const advanced = <i64>state.phase + <i64>count * <i64>state.stepPhases;
    state.next += count * state.stepFrames + <i32>(advanced / <i64>state.phases);
    state.phase = <i32>(advanced % <i64>state.phases);
    const dropped = min(state.next, state.filled);
    state.next -= dropped;
    state.filled -= dropped;
    for (let channel: usize = 0; channel < channels; channel++) {
      const line = state.lines + state.lineBytes * channel;
      memory.copy(line, line + ((<usize>dropped) << 2), (<usize>state.filled) << 2);
    }
    written += count;
    if (input !== 0) input += (<usize>taken) << 2;
    frames -= taken;
  }
  return written;
}
