// Gater: a gate that opens at the beginning of each period and closes after a share of it.
//   risen goes up or down by one a frame, between 0 and the frames of an edge;  u = risen / edge
//   y = x (floor + (1 - floor) u^2 (3 - 2 u))
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { advancePhase, BEHIND_BORDER } from './oscillator';

@unmanaged
class Gater {
  channels: i32;
  /** Of one parameter: the gain of the closed gate. */
  glide: usize;
  edgeFrames: i32;
  risen: i32;
  /** Where in its period the gate is, and its step a frame; it is open below `duty`. */
  phase: f64;
  step: f64;
  duty: f64;
}

/** @returns 0 when no memory is left */
export function gaterCreate(channels: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Gater>());
  const glide = glideCreate(4, rampFrames);
  if (pointer === 0 || glide === 0) return 0;
  const state = changetype<Gater>(pointer);
  state.channels = channels;
  state.glide = glide;
  state.edgeFrames = 1;
  return pointer;
}

/** Where the gain of the closed gate goes in the next frames; the rest at once. */
export function gaterSet(pointer: usize, step: f64, duty: f64, edgeFrames: i32, floor: f64): void {
  const state = changetype<Gater>(pointer);
  const glide = changetype<Glide>(state.glide);
  glideTo(glide, 0, floor);
  glideStart(glide);
  // As far open as it was.
  state.risen = <i32>Math.round((<f64>state.risen * <f64>edgeFrames) / <f64>state.edgeFrames);
  state.edgeFrames = edgeFrames;
  state.step = step;
  state.duty = duty;
}

/** The next frame is at `phase` of the period. */
export function gaterAlign(pointer: usize, phase: f64): void {
  changetype<Gater>(pointer).phase = phase + BEHIND_BORDER;
}

/** The gate is closed; parameters that were on their way arrive. */
export function gaterReset(pointer: usize, phase: f64): void {
  const state = changetype<Gater>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  state.phase = phase + BEHIND_BORDER;
  state.risen = 0;
}

/**
 * Gates `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function gaterProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Gater>(pointer);
  const glide = changetype<Glide>(state.glide);
  const stereo = state.channels > 1;
  const share: f32 = 1 / <f32>state.edgeFrames;
  let risen = state.risen;
  for (const end = samples + ((<usize>frames) << 2); samples < end; samples += 4) {
    if (glide.left > 0) glideStep(glide);
    risen = state.phase < state.duty ? min(state.edgeFrames, risen + 1) : max(0, risen - 1);
    state.phase = advancePhase(state.phase, state.step);
    const floor = load<f32>(glide.present);
    const u = <f32>risen * share;
    const gain = risen === state.edgeFrames ? <f32>1 : floor + (1 - floor) * (u * u * (3 - 2 * u));
    store<f32>(samples, load<f32>(samples) * gain);
    if (stereo) store<f32>(samples + stride, load<f32>(samples + stride) * gain);
  }
  state.risen = risen;
}
