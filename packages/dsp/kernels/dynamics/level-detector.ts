// The level of all channels together, once for each group of 4 frames.
// Stages: high-pass (if there is one) -> of each frame the largest magnitude, or the mean square over the channels ->
// of each group the largest, or the mean through two first-order low-passes in a row -> largest of the last values.
// The last stage holds a peak until the next one of a low tone, so the level of a steady tone is steady and what is
// multiplied with a gain made from it is not distorted.
import { FLUSH_FRAMES, flushStates } from '../filter/flush';
import { HIGH_PASS } from '../filter/svf-design';
import { quadsCreate, quadsRun } from '../filter/svf-quads';
import { arenaAllocate } from '../memory/arena';
import { MovingMaximum, maximumCreate, maximumOver, maximumReset } from './moving-maximum';

export const GROUP: i32 = 4;
/** Most frames that are handled at once. Slices begin at whole multiples of this many frames of the stream. */
export const SLICE: i32 = FLUSH_FRAMES;
/** Time constant of each of the two low-passes of mean squares. */
const MEAN_SECONDS: f64 = 0.005;
const SILENT_SQUARE: f32 = 1e-30;
/** The states of the high-pass of a pair of channels. */
const PAIR_STATE: usize = 16;
/** From a channel to the next of those that wait, and of those behind the high-pass. */
const LINE_BYTES: usize = (<usize>(SLICE + GROUP)) << 2;

@unmanaged
export class LevelDetector {
  channels: i32;
  meanSquare: bool;
  /** Of each channel, the frames at hand: those that waited for their group to be whole, and those that came. */
  lines: usize;
  /** Frames that wait. */
  pending: i32;
  /** Of the frames at hand. */
  values: usize;
  /** Of the groups that the last push completed: linear magnitudes or mean squares, 0 or more. */
  levels: usize;
  /** Of the bits of levels. */
  maximum: usize;
  share: f32;
  first: f32;
  second: f32;
  /** The high-pass, its states of each pair of channels, and what it puts out of a pair; 0 when there is none. */
  highPass: usize;
  states: usize;
  filtered: usize;
}

/**
 * @param highPassHz corner of the high-pass (second order, Butterworth), 0 for none
 * @param holdSeconds how long a level stands
 * @returns 0 when no memory is left
 */
export function detectorCreate(
  sampleRate: f64,
  channels: i32,
  meanSquare: bool,
  highPassHz: f64,
  holdSeconds: f64,
): usize {
  const groupRate = sampleRate / <f64>GROUP;
  const pointer = arenaAllocate(offsetof<LevelDetector>());
  const lines = arenaAllocate(LINE_BYTES * <usize>channels);
  const values = arenaAllocate((<usize>(SLICE + 4 * GROUP)) << 2);
  const levels = arenaAllocate(<usize>(SLICE + 4 * GROUP));
  const maximum = maximumCreate(<i32>Math.ceil(holdSeconds * groupRate) + 1, 0);
  if (pointer === 0 || lines === 0 || values === 0 || levels === 0 || maximum === 0) return 0;
  const state = changetype<LevelDetector>(pointer);
  state.channels = channels;
  state.meanSquare = meanSquare;
  state.lines = lines;
  state.values = values;
  state.levels = levels;
  state.maximum = maximum;
  state.share = <f32>(1 - Math.exp(-1 / (MEAN_SECONDS * groupRate)));
  if (highPassHz > 0) {
    state.highPass = quadsCreate(HIGH_PASS, sampleRate, highPassHz, Math.SQRT1_2, 0);
    state.states = arenaAllocate(stateBytes(state));
    state.filtered = arenaAllocate(2 * LINE_BYTES);
    if (state.highPass === 0 || state.states === 0 || state.filtered === 0) return 0;
  }
  detectorReset(state);
  return pointer;
}

function stateBytes(state: LevelDetector): usize {
  return PAIR_STATE * <usize>((state.channels + 1) >> 1);
}

/** Forgets what was heard. */
export function detectorReset(state: LevelDetector): void {
  maximumReset(changetype<MovingMaximum>(state.maximum));
  state.pending = 0;
  state.first = 0;
  state.second = 0;
  if (state.states !== 0) memory.fill(state.states, 0, stateBytes(state));
}

/** Sets to zero what has decayed to nothing; to be called between slices. */
export function detectorFlush(state: LevelDetector): void {
  if (state.states !== 0) flushStates(state.states, stateBytes(state));
}

/** values[i] = max(values[i], |samples[i]|) */
function raiseToPeaks(values: usize, samples: usize, frames: i32): void {
  for (const end = values + ((<usize>frames) << 2); values < end; values += 16, samples += 16) {
    v128.store(values, f32x4.pmax(v128.load(values), f32x4.abs(v128.load(samples))));
  }
}

/** values[i] += weight samples[i]^2 */
function addSquares(values: usize, samples: usize, frames: i32, weight: f32): void {
  const weights = f32x4.splat(weight);
  for (const end = values + ((<usize>frames) << 2); values < end; values += 16, samples += 16) {
    const x = v128.load(samples);
    v128.store(values, f32x4.add(v128.load(values), f32x4.mul(weights, f32x4.mul(x, x))));
  }
}

/** The values of the first `frames` frames in the lines, whole groups. */
function takeChannels(state: LevelDetector, frames: i32): void {
  memory.fill(state.values, 0, (<usize>frames) << 2);
  const weight = <f32>1 / <f32>state.channels;
  for (let channel = 0; channel < state.channels; channel++) {
    let source = state.lines + LINE_BYTES * <usize>channel;
    if (state.states !== 0) {
      const odd = LINE_BYTES * <usize>(channel & 1);
      if (odd === 0) {
        // An odd channel is its own neighbour.
        const right = channel + 1 < state.channels ? source + LINE_BYTES : source;
        const states = state.states + PAIR_STATE * <usize>(channel >> 1);
        quadsRun(state.highPass, states, source, right, state.filtered, state.filtered + LINE_BYTES, frames);
      }
      source = state.filtered + odd;
    }
    if (state.meanSquare) addSquares(state.values, source, frames, weight);
    else raiseToPeaks(state.values, source, frames);
  }
}

/** The largest of each of four groups. */
function groupPeaks(values: usize): v128 {
  const a = v128.load(values);
  const b = v128.load(values, 16);
  const c = v128.load(values, 32);
  const d = v128.load(values, 48);
  const ab = f32x4.pmax(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.pmax(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.pmax(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** The mean of each of four groups. */
function groupMeans(values: usize): v128 {
  const a = v128.load(values);
  const b = v128.load(values, 16);
  const c = v128.load(values, 32);
  const d = v128.load(values, 48);
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  const sum = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  return f32x4.mul(f32x4.splat(0.25), sum);
}

function smoothMeans(state: LevelDetector, groups: i32): void {
  const share = state.share;
  let first = state.first;
  let second = state.second;
  for (let at = state.levels, end = at + ((<usize>groups) << 2); at < end; at += 4) {
    first += (load<f32>(at) - first) * share;
    first = first < SILENT_SQUARE ? 0 : first;
    second += (first - second) * share;
    second = second < SILENT_SQUARE ? 0 : second;
    store<f32>(at, second);
  }
  state.first = first;
  state.second = second;
}

/**
 * Takes up to SLICE frames.
 * @returns how many groups they complete; their levels are in `levels`
 */
export function detectorPush(state: LevelDetector, samples: usize, stride: usize, frames: i32): i32 {
  for (let channel = 0; channel < state.channels; channel++) {
    const line = state.lines + LINE_BYTES * <usize>channel + ((<usize>state.pending) << 2);
    memory.copy(line, samples + stride * <usize>channel, (<usize>frames) << 2);
  }
  const filled = state.pending + frames;
  const groups = filled / GROUP;
  takeChannels(state, groups * GROUP);
  // Four groups at a time; behind the last one is nothing of use.
  for (let group = 0; group < groups; group += 4) {
    const values = state.values + ((<usize>group) << 4);
    const level = state.meanSquare ? groupMeans(values) : groupPeaks(values);
    v128.store(state.levels + ((<usize>group) << 2), level);
  }
  state.pending = filled - groups * GROUP;
  for (let channel = 0; channel < state.channels; channel++) {
    const line = state.lines + LINE_BYTES * <usize>channel;
    memory.copy(line, line + ((<usize>groups) << 4), (<usize>state.pending) << 2);
  }
  if (state.meanSquare) smoothMeans(state, groups);
  maximumOver(changetype<MovingMaximum>(state.maximum), state.levels, groups);
  return groups;
}
