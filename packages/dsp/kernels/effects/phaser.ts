// Phaser: first-order all-passes in a row whose corner moves up and down, mixed with the sound, with a way back.
//   passed = all-passes(x + feedback passed one frame ago);  y = x + mix (passed - x)
//   corner = exp(middle + reach sin), as pi f / rate
// Left and right share a v128; the sine of the right is `spread` cycles ahead.
import { FLUSH_FRAMES, flushStates } from '../filter/flush';
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { exponential4 } from '../transform/exponential';
import { advancePhase, sine4 } from './oscillator';

const PARAMETERS: i32 = 8;
const MIDDLE: usize = 0;
const REACH: usize = 1;
const FEEDBACK: usize = 2;
const MIX: usize = 3;
const SPREAD: usize = 4;

@unmanaged
class Phaser {
  channels: i32;
  stages: i32;
  glide: usize;
  /** What the last stage gave, and the state of each stage, a v128 each. */
  states: usize;
  /** Frames until the states are flushed. */
  untilFlush: i32;
  /** Of the left sine, in cycles, and its step a frame. */
  phase: f64;
  step: f64;
}

function stateBytes(state: Phaser): usize {
  return (<usize>(state.stages + 1)) << 4;
}

/** @returns 0 when no memory is left */
export function phaserCreate(channels: i32, stages: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Phaser>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  const states = arenaAllocate((<usize>(stages + 1)) << 4);
  if (pointer === 0 || glide === 0 || states === 0) return 0;
  const state = changetype<Phaser>(pointer);
  state.channels = channels;
  state.stages = stages;
  state.glide = glide;
  state.states = states;
  return pointer;
}

/**
 * Where the parameters go in the next frames; the step of the sine in cycles a frame, at once.
 * @param lowest corner as pi f / rate, up to pi / 4
 */
export function phaserSet(
  pointer: usize,
  lowest: f64,
  highest: f64,
  step: f64,
  spread: f64,
  feedback: f64,
  mix: f64,
): void {
  const state = changetype<Phaser>(pointer);
  const glide = changetype<Glide>(state.glide);
  glideTo(glide, MIDDLE, 0.5 * Math.log(lowest * highest));
  glideTo(glide, REACH, 0.5 * Math.log(highest / lowest));
  glideTo(glide, FEEDBACK, feedback);
  glideTo(glide, MIX, mix);
  glideTo(glide, SPREAD, spread);
  glideStart(glide);
  state.step = step;
}

/** Forgets what was heard; parameters that were on their way arrive, and the sine begins at `phase`. */
export function phaserReset(pointer: usize, phase: f64): void {
  const state = changetype<Phaser>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  memory.fill(state.states, 0, stateBytes(state));
  state.untilFlush = FLUSH_FRAMES;
  state.phase = phase;
}

/** tan x of four floats in [0, pi / 4], by the first terms of Lambert's continued fraction; error below 6e-6 of the result. */
function tangent4(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const n = f32x4.mul(x, f32x4.sub(f32x4.splat(105), f32x4.mul(f32x4.splat(10), square)));
  const d = f32x4.add(f32x4.splat(105), f32x4.mul(square, f32x4.sub(square, f32x4.splat(45))));
  return f32x4.div(n, d);
}

/**
 * Phases `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function phaserProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Phaser>(pointer);
  const glide = changetype<Glide>(state.glide);
  const parameters = glide.present;
  const states = state.states;
  const end = states + stateBytes(state);
  let left = samples;
  // A single channel is its own neighbour, and stays with the left sine.
  let right = state.channels > 1 ? samples + stride : samples;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    const phase = <f32>state.phase;
    const phases = f32x4.replace_lane(f32x4.splat(phase), 1, phase + load<f32>(parameters, SPREAD << 2));
    state.phase = advancePhase(state.phase, state.step);
    const swing = f32x4.mul(v128.load32_splat(parameters, REACH << 2), sine4(phases));
    const g = tangent4(exponential4(f32x4.add(v128.load32_splat(parameters, MIDDLE << 2), swing)));
    // Twice the share of the way that a trapezoidal low-pass goes in a frame.
    const share = f32x4.div(f32x4.add(g, g), f32x4.add(f32x4.splat(1), g));
    const rest = f32x4.sub(f32x4.splat(2), share);
    const turned = f32x4.sub(share, f32x4.splat(1));
    let passed = f32x4.add(x, f32x4.mul(v128.load32_splat(parameters, FEEDBACK << 2), v128.load(states)));
    for (let at = states + 16; at < end; at += 16) {
      // Twice what the low-pass gives, less its input, is the all-pass; in an order that keeps the way through all stages short.
      const s = v128.load(at);
      v128.store(at, f32x4.add(s, f32x4.mul(share, f32x4.sub(passed, s))));
      passed = f32x4.add(f32x4.mul(rest, s), f32x4.mul(turned, passed));
    }
    v128.store(states, passed);
    const y = f32x4.add(x, f32x4.mul(v128.load32_splat(parameters, MIX << 2), f32x4.sub(passed, x)));
    v128.store32_lane(right, y, 1);
    v128.store32_lane(left, y, 0);
    state.untilFlush -= 1;
    if (state.untilFlush === 0) {
      flushStates(states, end - states);
      state.untilFlush = FLUSH_FRAMES;
    }
  }
}
