// Flanger: a short delay that moves up and down, mixed with the sound, with a way back.
//   tap = line[delay + sweep (1 + sin) / 2];  line <- x + feedback tap;  y = x + mix (tap - x)
// Left and right share a v128; the sine of the right is `spread` cycles ahead.
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { audible, DelayLines, delayInterpolate, delayLinesCreate, delayLinesReset } from './delay-lines';
import { advancePhase, sine4 } from './oscillator';

const PARAMETERS: i32 = 8;
const DELAY: usize = 0;
const SWEEP: usize = 1;
const FEEDBACK: usize = 2;
const MIX: usize = 3;
const SPREAD: usize = 4;

@unmanaged
class Flanger {
  channels: i32;
  glide: usize;
  lines: usize;
  /** Of the left sine, in cycles, and its step a frame. */
  phase: f64;
  step: f64;
}

/**
 * @param longest delay in frames
 * @returns 0 when no memory is left
 */
export function flangerCreate(channels: i32, longest: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Flanger>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  const lines = delayLinesCreate(channels, longest);
  if (pointer === 0 || glide === 0 || lines === 0) return 0;
  const state = changetype<Flanger>(pointer);
  state.channels = channels;
  state.glide = glide;
  state.lines = lines;
  return pointer;
}

/** Where the parameters go in the next frames; delays in frames, the step of the sine in cycles a frame, at once. */
export function flangerSet(
  pointer: usize,
  delay: f64,
  sweep: f64,
  step: f64,
  spread: f64,
  feedback: f64,
  mix: f64,
): void {
  const state = changetype<Flanger>(pointer);
  const glide = changetype<Glide>(state.glide);
  glideTo(glide, DELAY, delay);
  glideTo(glide, SWEEP, sweep);
  glideTo(glide, FEEDBACK, feedback);
  glideTo(glide, MIX, mix);
  glideTo(glide, SPREAD, spread);
  glideStart(glide);
  state.step = step;
}

/** Forgets what was heard; parameters that were on their way arrive, and the sine begins at `phase`. */
export function flangerReset(pointer: usize, phase: f64): void {
  const state = changetype<Flanger>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  delayLinesReset(changetype<DelayLines>(state.lines));
  state.phase = phase;
}

/**
 * Flanges `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function flangerProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Flanger>(pointer);
  const glide = changetype<Glide>(state.glide);
  const lines = changetype<DelayLines>(state.lines);
  const parameters = glide.present;
  // A single channel is its own neighbour.
  const second: usize = state.channels > 1 ? 1 : 0;
  const line = lines.samples;
  const other = line + lines.stride * second;
  const mask = lines.mask;
  let left = samples;
  let right = samples + stride * second;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    const phase = <f32>state.phase;
    const phases = f32x4.replace_lane(f32x4.splat(phase), 1, phase + load<f32>(parameters, SPREAD << 2));
    state.phase = advancePhase(state.phase, state.step);
    const way = f32x4.mul(v128.load32_splat(parameters, SWEEP << 2), f32x4.splat(0.5));
    const raised = f32x4.add(f32x4.splat(1), sine4(phases));
    const delays = f32x4.add(v128.load32_splat(parameters, DELAY << 2), f32x4.mul(way, raised));
    const leftDelay = f32x4.extract_lane(delays, 0);
    // A single channel stays with the left sine.
    const rightDelay = second ? f32x4.extract_lane(delays, 1) : leftDelay;
    const tap = delayInterpolate(lines, second, leftDelay, rightDelay);
    const taken = audible(f32x4.add(x, f32x4.mul(v128.load32_splat(parameters, FEEDBACK << 2), tap)));
    const at = (<usize>(lines.position & mask)) << 2;
    v128.store32_lane(line + at, taken, 0);
    v128.store32_lane(other + at, taken, 1);
    lines.position += 1;
    const y = f32x4.add(x, f32x4.mul(v128.load32_splat(parameters, MIX << 2), f32x4.sub(tap, x)));
    v128.store32_lane(left, y, 0);
    v128.store32_lane(right, y, 1);
  }
}
