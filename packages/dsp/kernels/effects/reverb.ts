// Reverb: a feedback delay network of 16 lines.
//   input -> high-pass -> all-passes -> lines;  each line -> absorption -> Hadamard matrix -> lines;  lines -> left, right
// The left input feeds the even lines and the right one the odd lines; both outputs hear all lines, with signs of their own.
// Four lines share a v128.
// Sources: J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 90th convention
// (1991); D. Rocchesso and J. O. Smith, "Circulant and elliptic feedback delay networks for artificial reverberation", IEEE
// Trans. Speech and Audio Processing 5 (1997); all-passes: M. R. Schroeder, "Natural sounding artificial reverberation",
// JAES 10 (1962).
import { FLUSH_FRAMES, flushStates } from '../filter/flush';
import { HIGH_PASS, svfDesign } from '../filter/svf-design';
import { arenaAllocate } from '../memory/arena';
import { Glide, glideArrive, glideCreate, glideStart, glideStep, glideTo } from '../mix/glide';
import { audible, DelayLines, delayLinesCreate, delayLinesReset } from './delay-lines';
import {
  absorptionDesign,
  DIFFUSERS,
  DIFFUSION,
  diffuserLengths,
  INPUT_SIGNS,
  LEFT_SIGNS,
  LINES,
  lineLengths,
  RIGHT_SIGNS,
} from './reverb-design';
import { stepFilter } from './svf-pair';

/** Parameters: three of the absorption of each line, six of the high-pass, three gains. */
const PARAMETERS: i32 = 60;
const HIGH_PASS_AT: usize = 192;
const SEND: usize = 54;
const WET: usize = 55;
const DRY: usize = 56;
/** Of the lines' low-passes, then of the high-pass. */
const STATES: usize = 96;
/** Each input is dealt to half of the lines. */
const SHARE: f32 = <f32>(1 / Math.sqrt(8));

@unmanaged
class Reverb {
  sampleRate: f64;
  channels: i32;
  glide: usize;
  lines: usize;
  lengths: usize;
  diffusers: usize;
  diffuserLengths: usize;
  states: usize;
  /** Frames until the states are flushed. */
  untilFlush: i32;
}

/** @returns 0 when no memory is left */
export function reverbCreate(sampleRate: f64, channels: i32, size: f64, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Reverb>());
  const glide = glideCreate(PARAMETERS, rampFrames);
  const lengths = arenaAllocate((<usize>(LINES + 2 * DIFFUSERS)) << 2);
  const states = arenaAllocate(STATES);
  if (pointer === 0 || glide === 0 || lengths === 0 || states === 0) return 0;
  const state = changetype<Reverb>(pointer);
  state.sampleRate = sampleRate;
  state.channels = channels;
  state.glide = glide;
  state.lengths = lengths;
  state.diffuserLengths = lengths + ((<usize>LINES) << 2);
  state.states = states;
  state.lines = delayLinesCreate(LINES, lineLengths(lengths, sampleRate, size));
  state.diffusers = delayLinesCreate(2 * DIFFUSERS, diffuserLengths(state.diffuserLengths, sampleRate));
  return state.lines === 0 || state.diffusers === 0 ? 0 : pointer;
}

/** Where the parameters go in the next frames. */
export function reverbSet(
  pointer: usize,
  decaySeconds: f64,
  highDecaySeconds: f64,
  dampingHz: f64,
  lowCutHz: f64,
  send: f64,
  wet: f64,
  dry: f64,
): void {
  const state = changetype<Reverb>(pointer);
  const glide = changetype<Glide>(state.glide);
  const rate = state.sampleRate;
  const kept = absorptionDesign(glide.targets, state.lengths, rate, decaySeconds, highDecaySeconds, dampingHz);
  svfDesign(glide.targets + HIGH_PASS_AT, 4, HIGH_PASS, rate, lowCutHz, Math.SQRT1_2, 0);
  glideTo(glide, SEND, send);
  // Two inputs of energy 1 make the lines give 2 kept / (1 - kept); each output is to have the energy 1.
  glideTo(glide, WET, wet * Math.sqrt((1 - kept) / (2 * kept)));
  glideTo(glide, DRY, dry);
  glideStart(glide);
}

/** Forgets what was heard; parameters that were on their way arrive. */
export function reverbReset(pointer: usize): void {
  const state = changetype<Reverb>(pointer);
  glideArrive(changetype<Glide>(state.glide));
  delayLinesReset(changetype<DelayLines>(state.lines));
  delayLinesReset(changetype<DelayLines>(state.diffusers));
  memory.fill(state.states, 0, STATES);
  state.untilFlush = FLUSH_FRAMES;
}

/** Address of what the line at `line` took as many frames before `position` as the number at `length` says. */
function oldest(line: usize, mask: i32, position: i32, length: usize): usize {
  return line + ((<usize>((position - load<i32>(length)) & mask)) << 2);
}

/** What four lines give, the first of them at `line`, with their lengths at `length`. */
function read4(line: usize, stride: usize, mask: i32, position: i32, length: usize): v128 {
  let value = v128.load32_zero(oldest(line, mask, position, length));
  value = v128.load32_lane(oldest(line + stride, mask, position, length + 4), value, 1);
  value = v128.load32_lane(oldest(line + 2 * stride, mask, position, length + 8), value, 2);
  return v128.load32_lane(oldest(line + 3 * stride, mask, position, length + 12), value, 3);
}

/** Gives four lines what they take, from `at` in the first of them. */
function write4(at: usize, stride: usize, value: v128): void {
  const taken = audible(value);
  v128.store32_lane(at, taken, 0);
  v128.store32_lane(at + stride, taken, 1);
  v128.store32_lane(at + 2 * stride, taken, 2);
  v128.store32_lane(at + 3 * stride, taken, 3);
}

/** Left and right in lanes 0 and 1 through the all-passes: y = old - g x;  line <- x + g y. */
function diffuse(diffusers: DelayLines, lengths: usize, x: v128): v128 {
  const g = f32x4.splat(DIFFUSION);
  const stride = diffusers.stride;
  const mask = diffusers.mask;
  const position = diffusers.position;
  let line = diffusers.samples;
  for (const end = lengths + ((<usize>(2 * DIFFUSERS)) << 2); lengths < end; lengths += 8, line += 2 * stride) {
    const left = v128.load32_zero(oldest(line, mask, position, lengths));
    const old = v128.load32_lane(oldest(line + stride, mask, position, lengths + 4), left, 1);
    const y = f32x4.sub(old, f32x4.mul(g, x));
    const taken = audible(f32x4.add(x, f32x4.mul(g, y)));
    const at = line + ((<usize>(position & mask)) << 2);
    v128.store32_lane(at, taken, 0);
    v128.store32_lane(at + stride, taken, 1);
    x = y;
  }
  diffusers.position = position + 1;
  return x;
}

/** What four lines give, absorbed by the shelves at `c`. */
function absorb(c: usize, states: usize, x: v128): v128 {
  const s = v128.load(states);
  const step = f32x4.mul(v128.load(c, 128), f32x4.sub(x, s));
  const low = f32x4.add(s, step);
  v128.store(states, f32x4.add(low, step));
  return f32x4.add(f32x4.mul(v128.load(c), x), f32x4.mul(v128.load(c, 64), low));
}

/** Sums and differences of neighbours, and of neighbouring pairs: the Hadamard matrix of four, in a v128. */
function mixWithin(x: v128): v128 {
  const pairs = f32x4.add(v128.shuffle<f32>(x, x, 1, 0, 3, 2), f32x4.mul(x, f32x4(1, -1, 1, -1)));
  return f32x4.add(v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1), f32x4.mul(pairs, f32x4(1, 1, -1, -1)));
}

/** Products of 16 values with the signs for one side, added up crosswise; the sum of the four lanes is the output. */
function weigh(signs: usize, a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(
    f32x4.add(f32x4.mul(v128.load(signs), a), f32x4.mul(v128.load(signs, 16), b)),
    f32x4.add(f32x4.mul(v128.load(signs, 32), c), f32x4.mul(v128.load(signs, 48), d)),
  );
}

/** A frame of the network: takes left and right, and gives left and right, in lanes 0 and 1. */
function network(state: Reverb, lines: DelayLines, parameters: usize, x: v128): v128 {
  const lengths = state.lengths;
  const states = state.states;
  const line = lines.samples;
  const stride = lines.stride;
  const mask = lines.mask;
  const position = lines.position;
  const a = absorb(parameters, states, read4(line, stride, mask, position, lengths));
  const b = absorb(parameters + 16, states + 16, read4(line + 4 * stride, stride, mask, position, lengths + 16));
  const c = absorb(parameters + 32, states + 32, read4(line + 8 * stride, stride, mask, position, lengths + 32));
  const d = absorb(parameters + 48, states + 48, read4(line + 12 * stride, stride, mask, position, lengths + 48));

  // The matrix of 16: sums and differences of the groups, then within them; a quarter keeps the energy.
  const ab = f32x4.add(a, b);
  const cd = f32x4.add(c, d);
  const aLessB = f32x4.sub(a, b);
  const cLessD = f32x4.sub(c, d);
  const quarter = f32x4.splat(0.25);
  const input = f32x4.mul(v128.shuffle<f32>(x, x, 0, 1, 0, 1), f32x4.splat(SHARE));
  const signs = INPUT_SIGNS;
  const toA = f32x4.mul(quarter, mixWithin(f32x4.add(ab, cd)));
  const toB = f32x4.mul(quarter, mixWithin(f32x4.add(aLessB, cLessD)));
  const toC = f32x4.mul(quarter, mixWithin(f32x4.sub(ab, cd)));
  const toD = f32x4.mul(quarter, mixWithin(f32x4.sub(aLessB, cLessD)));
  const at = line + ((<usize>(position & mask)) << 2);
  write4(at, stride, f32x4.add(toA, f32x4.mul(v128.load(signs), input)));
  write4(at + 4 * stride, stride, f32x4.add(toB, f32x4.mul(v128.load(signs, 16), input)));
  write4(at + 8 * stride, stride, f32x4.add(toC, f32x4.mul(v128.load(signs, 32), input)));
  write4(at + 12 * stride, stride, f32x4.add(toD, f32x4.mul(v128.load(signs, 48), input)));
  lines.position = position + 1;

  const left = weigh(LEFT_SIGNS, a, b, c, d);
  const right = weigh(RIGHT_SIGNS, a, b, c, d);
  const sums = f32x4.add(v128.shuffle<f32>(left, right, 0, 4, 1, 5), v128.shuffle<f32>(left, right, 2, 6, 3, 7));
  return f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
}

/**
 * Adds reverberation to `frames` frames in place. A single channel feeds both inputs and hears the left output.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function reverbProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Reverb>(pointer);
  const glide = changetype<Glide>(state.glide);
  const lines = changetype<DelayLines>(state.lines);
  const diffusers = changetype<DelayLines>(state.diffusers);
  const parameters = glide.present;
  let left = samples;
  let right = state.channels > 1 ? samples + stride : samples;
  for (let i = 0; i < frames; i++, left += 4, right += 4) {
    if (glide.left > 0) glideStep(glide);
    const x = v128.load32_lane(right, v128.load32_zero(left), 1);
    const high = stepFilter(parameters + HIGH_PASS_AT, state.states + 64, x);
    const sent = f32x4.mul(v128.load32_splat(parameters, SEND << 2), high);
    const wet = network(state, lines, parameters, diffuse(diffusers, state.diffuserLengths, sent));
    const y = f32x4.add(
      f32x4.mul(v128.load32_splat(parameters, DRY << 2), x),
      f32x4.mul(v128.load32_splat(parameters, WET << 2), wet),
    );
    v128.store32_lane(right, y, 1);
    v128.store32_lane(left, y, 0);
    state.untilFlush -= 1;
    if (state.untilFlush === 0) {
      flushStates(state.states, STATES);
      state.untilFlush = FLUSH_FRAMES;
    }
  }
}
