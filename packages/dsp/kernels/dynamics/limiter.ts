// Look-ahead limiter for the true peak, all channels with one gain.
// Stages: true peak of groups of 4 frames (interpolated only where it may exceed the ceiling) -> amount by which the gain
// has to go down -> smoother, a value a group -> gain of each frame, linear between groups -> delayed samples times gain.

import { CHUNK, chunkBound, chunkExtremes, interpolateQuarters, interSampleTable } from '../measure/inter-sample';
import { arenaAllocate } from '../memory/arena';
import { exponential4 } from '../transform/exponential';
import { logarithm4 } from '../transform/logarithm';
import { applyGains } from './apply-gains';
import {
  GainSmoother,
  smootherCreate,
  smootherFollow,
  smootherIsIdle,
  smootherReset,
  smootherSetRelease,
} from './gain-smoother';

const GROUP: i32 = 4;
/** Groups before and behind a group that its values between samples reach into: the gain is level over all of them. */
const GROUPS_BEFORE: i32 = 5;
const GROUPS_BEHIND: i32 = 4;
/** From the start of a chunk on, what has to be there to handle it: it and the reach of its last value. */
const NEEDED: i32 = 2 * CHUNK;
/** Frames by which the latency exceeds what the smoother looks ahead: up to NEEDED + CHUNK - 1 wait for their chunk. */
const DETECTION_FRAMES: i32 = 36;
/** Most frames that are handled at once. */
const SLICE: i32 = 1024;

@unmanaged
class Limiter {
  channels: i32;
  ceiling: f32;
  latency: i32;
  smoother: usize;
  table: usize;
  /** Three v128: values at 1/4, 1/2 and 3/4. */
  scratch: usize;
  /** Of the groups at hand, over all channels: peaks, 0 where they are known to be below the ceiling; then amounts, gains. */
  peaks: usize;
  /** Of each channel: frames from the next one to put out on. */
  lines: usize;
  lineBytes: usize;
  /** Gains of the same frames, as far as they are known. */
  gains: usize;
  /** Frames in the lines; the next chunk begins at `detected`, and gains are known up to `known`. */
  filled: i32;
  detected: i32;
  known: i32;
  lastGain: f32;
  /** The smallest gain since `limiterLeast`. */
  least: f32;
}

/**
 * @param ceiling linear
 * @param lookaheadFrames length of the gain's way down
 * @param reachFrames frames in which a peak has to come again
 * @param sustainFrames frames over which peaks have to come to keep the gain down between them
 * @returns 0 when no memory is left
 */
export function limiterCreate(
  channels: i32,
  ceiling: f32,
  lookaheadFrames: f64,
  reachFrames: f64,
  sustainFrames: f64,
  releaseFrames: f64,
): usize {
  const ramp = max(1, <i32>Math.round(lookaheadFrames / <f64>GROUP));
  const ahead = ramp - 1 + GROUPS_BEHIND;
  const latency = GROUP * ahead + DETECTION_FRAMES;
  const lineBytes = ((<usize>(latency + SLICE + CHUNK)) << 2) & ~15;
  const pointer = arenaAllocate(offsetof<Limiter>());
  const smoother = smootherCreate(
    GROUPS_BEFORE + GROUPS_BEHIND + 1,
    ramp,
    // Of peaks that far apart, one is in the window wherever it stands.
    <i32>Math.ceil(reachFrames / <f64>GROUP) + 1,
    <i32>Math.ceil(sustainFrames / <f64>GROUP),
    releaseFrames / <f64>GROUP,
  );
  const table = interSampleTable();
  const scratch = arenaAllocate(48);
  const peaks = arenaAllocate(<usize>(SLICE + 2 * CHUNK));
  const lines = arenaAllocate(lineBytes * <usize>channels);
  const gains = arenaAllocate(lineBytes);
  if (pointer === 0 || smoother === 0 || table === 0 || scratch === 0) return 0;
  if (peaks === 0 || lines === 0 || gains === 0) return 0;
  const state = changetype<Limiter>(pointer);
  state.channels = channels;
  state.ceiling = ceiling;
  state.latency = latency;
  state.smoother = smoother;
  state.table = table;
  state.scratch = scratch;
  state.peaks = peaks;
  state.lines = lines;
  state.lineBytes = lineBytes;
  state.gains = gains;
  limiterReset(pointer);
  return pointer;
}

export function limiterLatency(pointer: usize): i32 {
  return changetype<Limiter>(pointer).latency;
}

/** Ceiling (linear) and release of what comes in from now on. */
export function limiterSet(pointer: usize, ceiling: f32, releaseFrames: f64): void {
  const state = changetype<Limiter>(pointer);
  state.ceiling = ceiling;
  smootherSetRelease(changetype<GainSmoother>(state.smoother), releaseFrames / <f64>GROUP);
}

/** The smallest gain since this was asked last, linear. */
export function limiterLeast(pointer: usize): f32 {
  const state = changetype<Limiter>(pointer);
  const least = state.least;
  state.least = 1;
  return least;
}

/** Forgets what was heard. */
export function limiterReset(pointer: usize): void {
  const state = changetype<Limiter>(pointer);
  smootherReset(changetype<GainSmoother>(state.smoother));
  memory.fill(state.lines, 0, state.lineBytes * <usize>state.channels);
  // The lines begin with the silence that comes out first. A chunk of it is handled as well, since a signal that begins
  // abruptly has its largest value before its first sample.
  state.filled = state.latency;
  state.detected = state.latency - CHUNK;
  // Chunk -1 decides the gain up to its first frame minus what the smoother looks ahead.
  state.known = DETECTION_FRAMES - CHUNK - GROUP;
  for (let i = 0; i < state.known; i++) store<f32>(state.gains + ((<usize>i) << 2), 1);
  state.lastGain = 1;
  state.least = 1;
}

/**
 * The largest magnitude on a parabola through three values in a row at its vertex, where that lies between the outer
 * two and is a peak of the middle one's sign; else 0.
 */
function vertex(before: v128, middle: v128, behind: v128): v128 {
  const sign = v128.and(middle, i32x4.splat(0x80000000));
  const a = v128.xor(before, sign);
  const b = v128.xor(middle, sign);
  const c = v128.xor(behind, sign);
  const slope = f32x4.sub(a, c);
  const bend = f32x4.sub(f32x4.add(b, b), f32x4.add(a, c));
  const rise = f32x4.div(f32x4.mul(slope, slope), f32x4.mul(bend, f32x4.splat(8)));
  const inside = v128.and(f32x4.gt(bend, f32x4.splat(0)), f32x4.le(f32x4.abs(slope), f32x4.add(bend, bend)));
  return v128.and(inside, f32x4.add(b, rise));
}

/** The larger of `peaks` and, lane by lane, the true peak from each of four samples to the one behind it. */
function refinedPeaks(state: Limiter, samples: usize, peaks: v128): v128 {
  const scratch = state.scratch;
  interpolateQuarters(state.table, samples, scratch);
  const at = v128.load(samples);
  const next = v128.load(samples + 4);
  const first = v128.load(scratch);
  const half = v128.load(scratch, 16);
  const third = v128.load(scratch, 32);
  peaks = f32x4.pmax(peaks, f32x4.pmax(f32x4.abs(at), f32x4.abs(first)));
  peaks = f32x4.pmax(peaks, f32x4.pmax(f32x4.abs(half), f32x4.abs(third)));
  // Between the interpolated values the signal is close to a parabola through three of them.
  peaks = f32x4.pmax(peaks, vertex(at, first, half));
  peaks = f32x4.pmax(peaks, vertex(first, half, third));
  return f32x4.pmax(peaks, vertex(half, third, next));
}

/** Writes the gains of the frames of one group, which lead from the gain before to `gain`. */
function pushGain(state: Limiter, gain: f32): void {
  const step = (gain - state.lastGain) * 0.25;
  const ramp = f32x4.mul(f32x4.splat(step), f32x4(0, 1, 2, 3));
  v128.store(state.gains + ((<usize>state.known) << 2), f32x4.add(f32x4.splat(state.lastGain), ramp));
  state.lastGain = gain;
  state.least = min(state.least, gain);
  state.known += GROUP;
}

/** Raises the peaks of the groups of `chunks` chunks to those of one channel, where they may exceed the ceiling. */
function findPeaks(state: Limiter, line: usize, chunks: i32): void {
  const chunkBytes = (<usize>CHUNK) << 2;
  let at = line + ((<usize>state.detected) << 2);
  let before = chunkExtremes(at - chunkBytes);
  let present = chunkExtremes(at);
  let peaks = state.peaks;
  for (let chunk = 0; chunk < chunks; chunk++, at += chunkBytes, peaks += 16) {
    const behind = chunkExtremes(at + chunkBytes);
    if (chunkBound(state.table, before, present, behind) > state.ceiling) {
      for (let group: usize = 0; group < 16; group += 4) {
        let most = refinedPeaks(state, at + 4 * group, f32x4.splat(load<f32>(peaks + group)));
        most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
        store<f32>(peaks + group, max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)));
      }
    }
    before = present;
    present = behind;
  }
}

/** Peaks become amounts; returns whether any is above 0. */
function requireAmounts(state: Limiter, bytes: usize): bool {
  const ceiling = f32x4.splat(state.ceiling);
  let any = i32x4.splat(0);
  for (let at = state.peaks, end = at + bytes; at < end; at += 16) {
    const peaks = v128.load(at);
    const above = f32x4.gt(peaks, ceiling);
    if (!v128.any_true(above)) {
      v128.store(at, i32x4.splat(0));
      continue;
    }
    const amounts = f32x4.pmax(f32x4.splat(0), logarithm4(f32x4.div(peaks, ceiling)));
    v128.store(at, v128.and(above, amounts));
    any = v128.or(any, above);
  }
  return v128.any_true(any);
}

/** Makes the gains that follow from all chunks that are complete. */
function findGains(state: Limiter): void {
  const chunks = (state.filled - state.detected - NEEDED + CHUNK) / CHUNK;
  const groups = chunks * (CHUNK / GROUP);
  if (chunks <= 0) return;
  memory.fill(state.peaks, 0, (<usize>groups) << 2);
  for (let channel = 0; channel < state.channels; channel++) {
    findPeaks(state, state.lines + state.lineBytes * <usize>channel, chunks);
  }
  state.detected += chunks * CHUNK;
  const bytes = (<usize>groups) << 2;
  const smoother = changetype<GainSmoother>(state.smoother);
  if (!requireAmounts(state, bytes) && smootherIsIdle(smoother)) {
    for (let group = 0; group < groups; group++) pushGain(state, 1);
    return;
  }
  smootherFollow(smoother, state.peaks, groups);
  for (let at = state.peaks, end = at + bytes; at < end; at += 16) {
    const gains = exponential4(f32x4.neg(v128.load(at)));
    pushGain(state, f32x4.extract_lane(gains, 0));
    pushGain(state, f32x4.extract_lane(gains, 1));
    pushGain(state, f32x4.extract_lane(gains, 2));
    pushGain(state, f32x4.extract_lane(gains, 3));
  }
}

/**
 * Limits `frames` samples in place; what comes out is `latency` frames older.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function limiterProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Limiter>(pointer);
  while (frames > 0) {
    const count = min(frames, SLICE);
    const bytes = (<usize>count) << 2;
    for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
      const line = state.lines + state.lineBytes * channel;
      memory.copy(line + ((<usize>state.filled) << 2), samples + stride * channel, bytes);
    }
    state.filled += count;
    findGains(state);
    const kept = state.filled - count;
    for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
      const line = state.lines + state.lineBytes * channel;
      applyGains(samples + stride * channel, line, state.gains, count);
      memory.copy(line, line + bytes, (<usize>kept) << 2);
    }
    state.filled = kept;
    state.detected -= count;
    state.known -= count;
    memory.copy(state.gains, state.gains + bytes, (<usize>state.known) << 2);
    samples += bytes;
    frames -= count;
  }
}
