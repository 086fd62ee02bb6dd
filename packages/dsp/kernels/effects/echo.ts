// Echo: a delay with a filtered way back.
//   echo = line[delay];  line <- send x + feedback lowpass(highpass(echo));  y = dry x + wet echo
// With ping-pong the input goes, in mono, into the left line, and the way back crosses: echoes are left and right in turn.
// Left and right share a v128.
import { FLUSH_FRAMES, flushStates } from '../filter/flush';
import { HIGH_PASS, LOW_PASS, svfDesign } from '../filter/svf-design';
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { audible, DelayLines, delayInterpolate, delayLinesCreate, delayLinesReset, readPair } from './delay-lines';
import { stepFilter } from './svf-pair';

/** The delay changes by at most this many frames a frame: a new time is heard as a change of pitch below a fifth. */
const STEEPEST: f64 = 0.5;
/** Parameters: six coefficients of the high-pass and of the low-pass, and four gains. */
const PARAMETERS: i32 = 16;
const LOW_PASS_AT: usize = 24;
const SEND: usize = 12;
const FEEDBACK: usize = 13;
const WET: usize = 14;
const DRY: usize = 15;
/** Two states of two filters, a v128 each. */
const STATES: usize = 64;

@unmanaged
class Echo {
  sampleRate: f64;
  channels: i32;
  pingPong: bool;
  glide: usize;
  lines: usize;
  states: usize;
  /** Frames until the states are flushed. */
  untilFlush: i32;
  /** The delay with `delayLeft` frames to go is delay - delayStep * delayLeft. */
  delayLeft: i32;
  delay: f64;
  delayStep: f64;
}

/**
 * @param longest delay in frames
 * @returns 0 when no memory is left
 */
export function echoCreate(sampleRate: f64, channels: i32, longest: i32, rampFrames: i32, pingPong: bool): usize {
  const pointer = arenaAllocate(offsetof<Echo>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  const lines = delayLinesCreate(channels, longest);
  const states = arenaAllocate(STATES);
  if (pointer === 0 || glide === 0 || lines === 0 || states === 0) return 0;
  const state = changetype<Echo>(pointer);
  state.sampleRate = sampleRate;
  state.channels = channels;
  state.pingPong = pingPong;
  state.glide = glide;
  state.lines = lines;
  state.states = states;
  return pointer;
}

/** Where the parameters go in the next frames: all but the delay within the ramp. */
export function echoSet(
  pointer: usize,
  delayFrames: i32,
  lowCutHz: f64,
  highCutHz: f64,
  send: f64,
  feedback: f64,
  wet: f64,
  dry: f64,
): void {
  const state = changetype<Echo>(pointer);
  const glide = changetype<Glide>(state.glide);
  svfDesign(glide.targets, 4, HIGH_PASS, state.sampleRate, lowCutHz, Math.SQRT1_2, 0);
  svfDesign(glide.targets + LOW_PASS_AT, 4, LOW_PASS, state.sampleRate, highCutHz, Math.SQRT1_2, 0);
  glideTo(glide, SEND, send);
  glideTo(glide, FEEDBACK, feedback);
  glideTo(glide, WET, wet);
  glideTo(glide, DRY, dry);
  glideStart(glide);
  const way = <f64>delayFrames - (state.delay - state.delayStep * <f64>state.delayLeft);
  state.delay = <f64>delayFrames;
  state.delayLeft = way === 0 ? 0 : max(glide.rampFrames, <i32>Math.ceil(Math.abs(way) / STEEPEST));
  state.delayStep = way === 0 ? 0 : way / <f64>state.delayLeft;
}

/** Forgets what was heard; parameters that were on their way arrive. */
export function echoReset(pointer: usize): void {
  const state = changetype<Echo>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  delayLinesReset(changetype<DelayLines>(state.lines));
  memory.fill(state.states, 0, STATES);
  state.delayLeft = 0;
  state.untilFlush = FLUSH_FRAMES;
}

/** What both lines give while the delay is on its way. */
function readMoving(state: Echo, lines: DelayLines, second: usize): v128 {
  state.delayLeft -= 1;
  const delay = state.delay - state.delayStep * <f64>state.delayLeft;
  return delayInterpolate(lines, second, delay, delay);
}

/**
 * Adds echoes to `frames` frames in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function echoProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Echo>(pointer);
  const glide = changetype<Glide>(state.glide);
  const lines = changetype<DelayLines>(state.lines);
  const parameters = glide.present;
  // A single channel is its own neighbour.
  const second: usize = state.channels > 1 ? 1 : 0;
  const line = lines.samples;
  const other = line + lines.stride * second;
  const mask = lines.mask;
  const arrived = <i32>state.delay;
  let position = lines.position;
  let left = samples;
  let right = samples + stride * second;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    let echo: v128;
    if (state.delayLeft === 0) {
      echo = readPair(line, other, mask, position - arrived, position - arrived);
    } else {
      lines.position = position;
      echo = readMoving(state, lines, second);
    }
    let back = stepFilter(parameters, state.states, echo);
    back = stepFilter(parameters + LOW_PASS_AT, state.states + 32, back);
    let sent = x;
    if (state.pingPong) {
      back = v128.shuffle<f32>(back, back, 1, 0, 2, 3);
      const middle: f32 = (f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1)) * 0.5;
      sent = f32x4.replace_lane(f32x4.splat(0), 0, middle);
    }
    const taken = audible(
      f32x4.add(
        f32x4.mul(v128.load32_splat(parameters, SEND << 2), sent),
        f32x4.mul(v128.load32_splat(parameters, FEEDBACK << 2), back),
      ),
    );
    const at = (<usize>(position & mask)) << 2;
    v128.store32_lane(line + at, taken, 0);
    v128.store32_lane(other + at, taken, 1);
    position += 1;
    const y = f32x4.add(
      f32x4.mul(v128.load32_splat(parameters, DRY << 2), x),
      f32x4.mul(v128.load32_splat(parameters, WET << 2), echo),
    );
    v128.store32_lane(left, y, 0);
    v128.store32_lane(right, y, 1);
    state.untilFlush -= 1;
    if (state.untilFlush === 0) {
      flushStates(state.states, STATES);
      state.untilFlush = FLUSH_FRAMES;
    }
  }
  lines.position = position;
}
