// Soft saturation: x -> level tanh(bend x) at 2, 4 or 8 times the sample rate, mixed with the delayed input.
// Stages: doublings of the rate -> curve -> halvings -> mix.
import { arenaAllocate } from '../memory/arena';
import {
  newEven,
  newOdd,
  OversamplingStage,
  oversamplingCreate,
  oversamplingDelay,
  oversamplingDown,
  oversamplingReset,
  oversamplingUp,
  SCRATCH,
} from '../rate/oversampling';
import { hyperbolicTangent4 } from '../transform/hyperbolic-tangent';

/** Most frames that are handled at once. */
const SLICE: i32 = 512;
/** Share of the sample rate up to which the first doubling keeps everything. */
const PASS: f64 = 0.43;
/** Level of the normally distributed signal whose energy the curve keeps: -16 dB of full scale. */
const REFERENCE: f64 = 0.15848931924611134;

@unmanaged
class Saturator {
  channels: i32;
  doublings: i32;
  latency: i32;
  /** Stages of each channel. */
  stages: usize;
  /** Signals at 1, 2 and 4 times the rate: `signal` and behind it the others. */
  signals: usize;
  /** Of each channel: the samples that wait, and room for a slice. */
  lines: usize;
  lineBytes: usize;
  rampFrames: i32;
  rampLeft: i32;
  // Where each parameter goes to, and its step a frame.
  bend: f32;
  bendStep: f32;
  level: f32;
  levelStep: f32;
  mix: f32;
  mixStep: f32;
}

/**
 * @param doublings 1 to 3
 * @returns 0 when no memory is left
 */
export function saturatorCreate(sampleRate: f64, channels: i32, doublings: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Saturator>());
  const stages = arenaAllocate(sizeof<usize>() * <usize>(channels * doublings));
  const signals = arenaAllocate((<usize>(7 * SLICE + 3 * SCRATCH)) << 2);
  if (pointer === 0 || stages === 0 || signals === 0) return 0;
  const state = changetype<Saturator>(pointer);
  state.channels = channels;
  state.doublings = doublings;
  state.stages = stages;
  state.signals = signals;
  for (let channel = 0; channel < channels; channel++) {
    state.latency = 0;
    for (let k = 0; k < doublings; k++) {
      const pass = (k === 0 ? PASS : 0.5) * sampleRate;
      const stage = oversamplingCreate(sampleRate * <f64>(2 << k), pass, 1 << k, SLICE << k);
      if (stage === 0) return 0;
      store<usize>(stages + sizeof<usize>() * <usize>(channel * doublings + k), stage);
      state.latency += oversamplingDelay(changetype<OversamplingStage>(stage)) >> k;
    }
  }
  state.lineBytes = (<usize>(state.latency + SLICE)) << 2;
  state.lines = arenaAllocate(state.lineBytes * <usize>channels);
  if (state.lines === 0) return 0;
  state.rampFrames = rampFrames;
  return pointer;
}

export function saturatorLatency(pointer: usize): i32 {
  return changetype<Saturator>(pointer).latency;
}

/** The factor behind tanh(bend x) that keeps the energy of a normally distributed signal at the reference level. */
function levelFor(bend: f64): f64 {
  let energy: f64 = 0;
  let weight: f64 = 0;
  for (let i = -96; i <= 96; i++) {
    const deviation = <f64>i / 16;
    const density = Math.exp(-0.5 * deviation * deviation);
    const value = Math.tanh(bend * REFERENCE * deviation);
    energy += density * value * value;
    weight += density;
  }
  return REFERENCE / Math.sqrt(energy / weight);
}

/**
 * Where the parameters go in the next `rampFrames` frames.
 * @param bend above 0; 0 stands for the straight line, which is the input itself
 */
export function saturatorSet(pointer: usize, bend: f64, mix: f64): void {
  const state = changetype<Saturator>(pointer);
  const left = <f32>state.rampLeft;
  const frames = <f32>state.rampFrames;
  // Without a bend the curve stays as it is while it is mixed out.
  const nextBend = bend > 0 ? <f32>bend : state.bend;
  const nextLevel = bend > 0 ? <f32>levelFor(bend) : state.level;
  const nextMix: f32 = bend > 0 ? <f32>mix : 0;
  const fresh = state.bend === 0;
  state.bendStep = fresh ? 0 : (nextBend - (state.bend - state.bendStep * left)) / frames;
  state.levelStep = fresh ? 0 : (nextLevel - (state.level - state.levelStep * left)) / frames;
  state.mixStep = (nextMix - (state.mix - state.mixStep * left)) / frames;
  state.bend = nextBend;
  state.level = nextLevel;
  state.mix = nextMix;
  state.rampLeft = state.rampFrames;
}

/** Forgets what was heard; parameters that were on their way arrive. */
export function saturatorReset(pointer: usize): void {
  const state = changetype<Saturator>(pointer);
  for (let i: usize = 0; i < <usize>(state.channels * state.doublings); i++) {
    oversamplingReset(changetype<OversamplingStage>(load<usize>(state.stages + sizeof<usize>() * i)));
  }
  memory.fill(state.lines, 0, state.lineBytes * <usize>state.channels);
  state.rampLeft = 0;
}

function parameter(target: f32, step: f32, left: v128): v128 {
  return f32x4.sub(f32x4.splat(target), f32x4.mul(f32x4.splat(step), left));
}

/** Frames of the ramp left behind each of four frames, the first of them `first` and the others `share` apart. */
function framesLeft(state: Saturator, first: f32, share: f32): v128 {
  const steps = f32x4.mul(f32x4.splat(share), f32x4(1, 2, 3, 4));
  return f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(<f32>state.rampLeft - first), steps));
}

/** The curve over `count` values, `perFrame` of which make a frame. */
function bendValues(state: Saturator, values: usize, count: i32, perFrame: i32): void {
  if (state.rampLeft === 0) {
    const bend = f32x4.splat(state.bend);
    const level = f32x4.splat(state.level);
    for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
      v128.store(values, f32x4.mul(level, hyperbolicTangent4(f32x4.mul(bend, v128.load(values)))));
    }
    return;
  }
  const share: f32 = <f32>1 / <f32>perFrame;
  for (let i = 0; i < count; i += 4, values += 16) {
    const left = framesLeft(state, <f32>i * share, share);
    const bent = hyperbolicTangent4(f32x4.mul(parameter(state.bend, state.bendStep, left), v128.load(values)));
    v128.store(values, f32x4.mul(parameter(state.level, state.levelStep, left), bent));
  }
}

/** Even and odd samples in turn. */
function interleave(even: usize, odd: usize, target: usize, frames: i32): void {
  for (let i = 0; i < frames; i += 4, even += 16, odd += 16, target += 32) {
    const a = v128.load(even);
    const b = v128.load(odd);
    v128.store(target, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(target, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
  }
}

/** The other way round. */
function deal(source: usize, even: usize, odd: usize, frames: i32): void {
  for (let i = 0; i < frames; i += 4, even += 16, odd += 16, source += 32) {
    const a = v128.load(source);
    const b = v128.load(source, 16);
    v128.store(even, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(odd, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
}

/** Where the signal at 2^k times the rate is kept. */
function signalAt(state: Saturator, k: i32): usize {
  return state.signals + ((<usize>(((1 << k) - 1) * SLICE + k * SCRATCH)) << 2);
}

function stageAt(state: Saturator, channel: i32, k: i32): OversamplingStage {
  const at = state.stages + sizeof<usize>() * <usize>(channel * state.doublings + k);
  return changetype<OversamplingStage>(load<usize>(at));
}

/** Bends `frames` samples of a channel; the result, `latency` frames late, is in signal 0. */
function bendChannel(state: Saturator, channel: i32, samples: usize, frames: i32): void {
  const last = state.doublings - 1;
  let source = samples;
  for (let k = 0; k <= last; k++) {
    const stage = stageAt(state, channel, k);
    const count = frames << k;
    oversamplingUp(stage, source, count);
    if (k === last) {
      bendValues(state, newEven(stage), count, 1 << k);
      bendValues(state, newOdd(stage), count, 1 << k);
    } else {
      source = signalAt(state, k + 1);
      interleave(newEven(stage), newOdd(stage), source, count);
    }
  }
  for (let k = last; k >= 0; k--) {
    oversamplingDown(stageAt(state, channel, k), signalAt(state, k), frames << k);
    if (k === 0) continue;
    const below = stageAt(state, channel, k - 1);
    deal(signalAt(state, k), newEven(below), newOdd(below), frames << (k - 1));
  }
}

/** samples[i] = dry[i] + mix (wet[i] - dry[i]) */
function mixDown(state: Saturator, samples: usize, dry: usize, wet: usize, frames: i32): void {
  for (let i = 0; i < frames; i += 4, samples += 16, dry += 16, wet += 16) {
    const mix = parameter(state.mix, state.mixStep, framesLeft(state, <f32>i, 1));
    const input = v128.load(dry);
    const mixed = f32x4.add(input, f32x4.mul(mix, f32x4.sub(v128.load(wet), input)));
    if (i + 4 <= frames) {
      v128.store(samples, mixed);
      continue;
    }
    store<f32>(samples, f32x4.extract_lane(mixed, 0));
    if (i + 1 < frames) store<f32>(samples, f32x4.extract_lane(mixed, 1), 4);
    if (i + 2 < frames) store<f32>(samples, f32x4.extract_lane(mixed, 2), 8);
  }
}

/**
 * Saturates `frames` samples in place; what comes out is `latency` frames older.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function saturatorProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Saturator>(pointer);
  while (frames > 0) {
    const count = min(frames, SLICE);
    const bytes = (<usize>count) << 2;
    for (let channel = 0; channel < state.channels; channel++) {
      const at = samples + stride * <usize>channel;
      const line = state.lines + state.lineBytes * <usize>channel;
      memory.copy(line + ((<usize>state.latency) << 2), at, bytes);
      bendChannel(state, channel, at, count);
      mixDown(state, at, line, signalAt(state, 0), count);
      memory.copy(line, line + bytes, (<usize>state.latency) << 2);
    }
    state.rampLeft = max(0, state.rampLeft - count);
    samples += bytes;
    frames -= count;
  }
}
