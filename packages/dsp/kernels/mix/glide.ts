// Parameters that move together, each in a straight line from where it is to where it is sent.
import { arenaAllocate } from '../memory/arena';

@unmanaged
export class Glide {
  /** Of the parameters, a multiple of 16. */
  bytes: usize;
  rampFrames: i32;
  /** Frames left of the present ramp. */
  left: i32;
  /** Floats: parameters as they are, where they go to, and their steps a frame. */
  present: usize;
  targets: usize;
  steps: usize;
}

/**
 * @param count of parameters, a multiple of 4
 * @param rampFrames frames that a change takes, at least 1
 * @returns 0 when no memory is left
 */
export function glideCreate(count: i32, rampFrames: i32): usize {
  const bytes = (<usize>count) << 2;
  const pointer = arenaAllocate(offsetof<Glide>());
  const present = arenaAllocate(3 * bytes);
  if (pointer === 0 || present === 0) return 0;
  const glide = changetype<Glide>(pointer);
  glide.bytes = bytes;
  glide.rampFrames = rampFrames;
  glide.present = present;
  glide.targets = present + bytes;
  glide.steps = present + 2 * bytes;
  return pointer;
}

/** Where parameter number `index` goes to once `glideStart` is called. */
export function glideTo(glide: Glide, index: usize, value: f64): void {
  store<f32>(glide.targets + (index << 2), <f32>value);
}

/** Begins a ramp from where the parameters are. */
export function glideStart(glide: Glide): void {
  const each = f32x4.splat(<f32>(1.0 / <f64>glide.rampFrames));
  for (let at: usize = 0; at < glide.bytes; at += 16) {
    const way = f32x4.sub(v128.load(glide.targets + at), v128.load(glide.present + at));
    v128.store(glide.steps + at, f32x4.mul(way, each));
  }
  glide.left = glide.rampFrames;
}

/** Parameters that were on their way arrive. */
export function glideArrive(glide: Glide): void {
  memory.copy(glide.present, glide.targets, glide.bytes);
  glide.left = 0;
}

/** A frame of a ramp that is not over; in its last frame the parameters are exactly where they were sent. */
export function glideStep(glide: Glide): void {
  glide.left -= 1;
  const remaining = f32x4.splat(<f32>glide.left);
  for (let at: usize = 0; at < glide.bytes; at += 16) {
    const way = f32x4.mul(v128.load(glide.steps + at), remaining);
    v128.store(glide.present + at, f32x4.sub(v128.load(glide.targets + at), way));
  }
}
