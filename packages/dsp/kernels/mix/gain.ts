// A gain that is the same for all channels and glides from one value to the next.
import { arenaAllocate } from '../memory/arena';

@unmanaged
class Gain {
  channels: i32;
  rampFrames: i32;
  /** Frames left of the present ramp. */
  left: i32;
  target: f32;
  /** The gain with `left` frames to go is target - step * left. */
  step: f32;
}

/**
 * @param rampFrames frames that a change takes, at least 1
 * @returns 0 when no memory is left
 */
export function gainCreate(channels: i32, rampFrames: i32, gain: f32): usize {
  const pointer = arenaAllocate(offsetof<Gain>());
  if (pointer === 0) return 0;
  const state = changetype<Gain>(pointer);
  state.channels = channels;
  state.rampFrames = rampFrames;
  state.target = gain;
  return pointer;
}

/** Goes to `gain` within the next `rampFrames` frames. */
export function gainSet(pointer: usize, gain: f32): void {
  const state = changetype<Gain>(pointer);
  const present = state.target - state.step * <f32>state.left;
  state.step = (gain - present) / <f32>state.rampFrames;
  state.target = gain;
  state.left = state.rampFrames;
}

/** A gain that was on its way arrives. */
export function gainReset(pointer: usize): void {
  changetype<Gain>(pointer).left = 0;
}

/**
 * Multiplies `frames` samples of each channel in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function gainProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Gain>(pointer);
  const gliding = min(frames, state.left);
  for (let channel = 0; channel < state.channels; channel++) {
    let at = samples + stride * <usize>channel;
    const end = at + ((<usize>frames) << 2);
    for (let i = 0; i < gliding; i++, at += 4) {
      store<f32>(at, load<f32>(at) * (state.target - state.step * <f32>(state.left - i)));
    }
    if (state.target === 1) continue;
    const gain = f32x4.splat(state.target);
    for (; at + 16 <= end; at += 16) v128.store(at, f32x4.mul(v128.load(at), gain));
    for (; at < end; at += 4) store<f32>(at, load<f32>(at) * state.target);
  }
  state.left -= gliding;
}
