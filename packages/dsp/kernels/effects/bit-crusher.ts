// Bit crusher: takes a sample now and then, holds it, and rounds it to a grid.
//   held = step round(x / step), taken anew whenever the phase comes round;  y = (1 - mix) x + mix held
// Left and right share a v128.
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { BEHIND_BORDER } from './oscillator';

const PARAMETERS: i32 = 4;
const STEP: usize = 0;
const MIX: usize = 1;

@unmanaged
class BitCrusher {
  channels: i32;
  glide: usize;
  /** The v128 that is held. */
  held: usize;
  /** From one taking to the next this goes from 0 to 1, by `advance` a frame. */
  phase: f64;
  advance: f64;
}

/** @returns 0 when no memory is left */
export function bitCrusherCreate(channels: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<BitCrusher>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  const held = arenaAllocate(16);
  if (pointer === 0 || glide === 0 || held === 0) return 0;
  const state = changetype<BitCrusher>(pointer);
  state.channels = channels;
  state.glide = glide;
  state.held = held;
  return pointer;
}

/**
 * Where the parameters go in the next frames.
 * @param advance takings a frame, up to 1, at once
 */
export function bitCrusherSet(pointer: usize, step: f64, advance: f64, mix: f64): void {
  const state = changetype<BitCrusher>(pointer);
  const glide = changetype<Glide>(state.glide);
  glideTo(glide, STEP, step);
  glideTo(glide, MIX, mix);
  glideStart(glide);
  state.advance = advance;
}

/** Forgets what was heard: the next sample is taken. Parameters that were on their way arrive. */
export function bitCrusherReset(pointer: usize): void {
  const state = changetype<BitCrusher>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  v128.store(state.held, f32x4.splat(0));
  state.phase = 1 + BEHIND_BORDER;
}

/**
 * Crushes `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function bitCrusherProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<BitCrusher>(pointer);
  const glide = changetype<Glide>(state.glide);
  const parameters = glide.present;
  let held = v128.load(state.held);
  let phase = state.phase;
  let left = samples;
  // A single channel is its own neighbour.
  let right = state.channels > 1 ? samples + stride : samples;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    if (phase >= 1) {
      phase -= 1;
      const step = v128.load32_splat(parameters, STEP << 2);
      held = f32x4.mul(step, f32x4.nearest(f32x4.div(x, step)));
    }
    phase += state.advance;
    const mix = v128.load32_splat(parameters, MIX << 2);
    const y = f32x4.add(f32x4.mul(f32x4.sub(f32x4.splat(1), mix), x), f32x4.mul(mix, held));
    v128.store32_lane(right, y, 1);
    v128.store32_lane(left, y, 0);
  }
  v128.store(state.held, held);
  state.phase = phase;
}
