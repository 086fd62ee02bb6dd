// A cascade of state-variable filters over pairs of channels. Two bands share a v128: left and right of the even band in
// the lower half, of the odd band in the upper half; three or four such groups make a bank of six or eight bands, whose
// states stay in registers. Each band works one sample behind the band before it, so that the bands of a bank do not wait
// for each other; where the two ends of a run leave some bands without a sample, bands step one by one. The arithmetic of
// a band and sample is the same either way, so blocks may be cut anywhere.
import { arenaAllocate } from '../memory/arena';
import { FLUSH_FRAMES, flushStates } from './flush';
import { COEFFICIENTS, PEAK, svfDesign } from './svf-design';
import { nextFirst, nextSecond, output } from './svf-step';

const GROUP_BANDS: i32 = 2;
/** Groups of a bank: fewer would wait for their own last sample, more do not fit into the registers. */
const LEAST_GROUPS: i32 = 3;
const MOST_GROUPS: i32 = 4;
/** Six v128. */
const GROUP_COEFFICIENTS: usize = 96;
/** s1, s2 and the last output, a v128 each. */
const GROUP_STATE: usize = 48;
const OUTPUT: usize = 32;

@unmanaged
class Equaliser {
  sampleRate: f64;
  channels: i32;
  banks: i32;
  /** Of each bank. */
  groups: i32;
  /** Coefficients as they are now, where they go to, and their change a frame: six v128 a group of two bands. */
  coefficients: usize;
  targets: usize;
  steps: usize;
  /** Of each pair of channels: a state for each group. */
  states: usize;
  rampFrames: i32;
  /** Frames left of the present ramp. */
  rampLeft: i32;
  /** Whether targets changed since the last block. */
  changed: bool;
  /** Frames until the states are flushed. */
  untilFlush: i32;
}

function coefficientBytes(state: Equaliser): usize {
  return GROUP_COEFFICIENTS * <usize>(state.banks * state.groups);
}

function stateBytes(state: Equaliser): usize {
  return GROUP_STATE * <usize>(state.banks * state.groups * ((state.channels + 1) >> 1));
}

/** An equaliser of flat bands; 0 when no memory is left. */
export function equaliserCreate(sampleRate: f64, channels: i32, bands: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Equaliser>());
  if (pointer === 0) return 0;
  const state = changetype<Equaliser>(pointer);
  state.sampleRate = sampleRate;
  state.channels = channels;
  const groups = (bands + GROUP_BANDS - 1) / GROUP_BANDS;
  state.banks = (groups + MOST_GROUPS - 1) / MOST_GROUPS;
  state.groups = max(LEAST_GROUPS, (groups + state.banks - 1) / max(1, state.banks));
  state.rampFrames = rampFrames;
  state.coefficients = arenaAllocate(coefficientBytes(state));
  state.targets = arenaAllocate(coefficientBytes(state));
  state.steps = arenaAllocate(coefficientBytes(state));
  state.states = arenaAllocate(stateBytes(state));
  if (state.coefficients === 0 || state.targets === 0 || state.steps === 0 || state.states === 0) return 0;
  for (let band = 0; band < GROUP_BANDS * state.groups * state.banks; band++) {
    equaliserSetBand(pointer, band, PEAK, sampleRate / 4, 1, 0);
  }
  equaliserReset(pointer);
  return pointer;
}

/** Forgets what was heard and ends a ramp: the bands are at once where they were going. */
export function equaliserReset(pointer: usize): void {
  const state = changetype<Equaliser>(pointer);
  memory.fill(state.states, 0, stateBytes(state));
  memory.copy(state.coefficients, state.targets, coefficientBytes(state));
  state.rampLeft = 0;
  state.changed = false;
  state.untilFlush = FLUSH_FRAMES;
}

/** Where a band goes during the next `rampFrames` frames. */
export function equaliserSetBand(pointer: usize, band: i32, shape: i32, frequencyHz: f64, q: f64, gainDb: f64): void {
  const state = changetype<Equaliser>(pointer);
  const target = state.targets + GROUP_COEFFICIENTS * <usize>(band >> 1) + ((<usize>(band & 1)) << 3);
  svfDesign(target, 16, shape, state.sampleRate, frequencyHz, q, gainDb);
  for (let i: usize = 0; i < COEFFICIENTS; i++) store<f32>(target + 16 * i, load<f32>(target + 16 * i), 4);
  state.changed = true;
}

/** One step of one band, left and right, on the lower lanes of `x`. */
function stepBand(c: usize, state: usize, x: v128): v128 {
  const s1 = v128.load64_zero(state);
  const s2 = v128.load64_zero(state, 16);
  const c2 = v128.load64_zero(c, 16);
  const v = f32x4.sub(x, s2);
  v128.store64_lane(state, nextFirst(s1, v, v128.load64_zero(c), c2), 0);
  v128.store64_lane(state, nextSecond(s1, s2, v, c2, v128.load64_zero(c, 32)), 0, 16);
  const y = output(x, s1, s2, v128.load64_zero(c, 48), v128.load64_zero(c, 64), v128.load64_zero(c, 80));
  v128.store64_lane(state, y, 0, OUTPUT);
  return y;
}

function loadFrame(left: usize, right: usize): v128 {
  return v128.load32_lane(right, v128.load32_zero(left), 1);
}

/** Bands `first` to `last` of a bank, last to first, each fed with what the band before it put out a step ago. */
function stepBands(c: usize, states: usize, first: i32, last: i32, input: v128): void {
  for (let band = last; band >= first; band--) {
    const half = (<usize>(band & 1)) << 3;
    const group = <usize>(band >> 1);
    const at = states + GROUP_STATE * group;
    let x = input;
    if (band > 0) x = half !== 0 ? v128.load64_zero(at, OUTPUT) : v128.load64_zero(at - GROUP_STATE, OUTPUT + 8);
    stepBand(c + GROUP_COEFFICIENTS * group + half, at + half, x);
  }
}

/** Three groups from frame `from` up to frame `end`, their last band five frames behind. */
function runThree(c: usize, states: usize, left: usize, right: usize, from: i32, end: i32): void {
  let a1 = v128.load(states);
  let a2 = v128.load(states, 16);
  let ay = v128.load(states, 32);
  let b1 = v128.load(states, 48);
  let b2 = v128.load(states, 64);
  let by = v128.load(states, 80);
  let d1 = v128.load(states, 96);
  let d2 = v128.load(states, 112);
  let dy = v128.load(states, 128);
  for (let t = from; t < end; t++) {
    const at = (<usize>t) << 2;
    const ax = v128.shuffle<f64>(loadFrame(left + at, right + at), ay, 0, 2);
    const bx = v128.shuffle<f64>(ay, by, 1, 2);
    const dx = v128.shuffle<f64>(by, dy, 1, 2);

    let v = f32x4.sub(ax, a2);
    let c2 = v128.load(c, 16);
    ay = output(ax, a1, a2, v128.load(c, 48), v128.load(c, 64), v128.load(c, 80));
    a2 = nextSecond(a1, a2, v, c2, v128.load(c, 32));
    a1 = nextFirst(a1, v, v128.load(c), c2);

    v = f32x4.sub(bx, b2);
    c2 = v128.load(c, 112);
    by = output(bx, b1, b2, v128.load(c, 144), v128.load(c, 160), v128.load(c, 176));
    b2 = nextSecond(b1, b2, v, c2, v128.load(c, 128));
    b1 = nextFirst(b1, v, v128.load(c, 96), c2);

    v = f32x4.sub(dx, d2);
    c2 = v128.load(c, 208);
    dy = output(dx, d1, d2, v128.load(c, 240), v128.load(c, 256), v128.load(c, 272));
    d2 = nextSecond(d1, d2, v, c2, v128.load(c, 224));
    d1 = nextFirst(d1, v, v128.load(c, 192), c2);

    v128.store32_lane(left + at - 20, dy, 2);
    v128.store32_lane(right + at - 20, dy, 3);
  }
  v128.store(states, a1);
  v128.store(states, a2, 16);
  v128.store(states, ay, 32);
  v128.store(states, b1, 48);
  v128.store(states, b2, 64);
  v128.store(states, by, 80);
  v128.store(states, d1, 96);
  v128.store(states, d2, 112);
  v128.store(states, dy, 128);
}

/** Four groups from frame `from` up to frame `end`, their last band seven frames behind. */
function runFour(c: usize, states: usize, left: usize, right: usize, from: i32, end: i32): void {
  let a1 = v128.load(states);
  let a2 = v128.load(states, 16);
  let ay = v128.load(states, 32);
  let b1 = v128.load(states, 48);
  let b2 = v128.load(states, 64);
  let by = v128.load(states, 80);
  let d1 = v128.load(states, 96);
  let d2 = v128.load(states, 112);
  let dy = v128.load(states, 128);
  let e1 = v128.load(states, 144);
  let e2 = v128.load(states, 160);
  let ey = v128.load(states, 176);
  for (let t = from; t < end; t++) {
    const at = (<usize>t) << 2;
    // From the last group to the first: what a group put out is taken before it is replaced.
    const ex = v128.shuffle<f64>(dy, ey, 1, 2);
    let v = f32x4.sub(ex, e2);
    let c2 = v128.load(c, 304);
    ey = output(ex, e1, e2, v128.load(c, 336), v128.load(c, 352), v128.load(c, 368));
    e2 = nextSecond(e1, e2, v, c2, v128.load(c, 320));
    e1 = nextFirst(e1, v, v128.load(c, 288), c2);

    const dx = v128.shuffle<f64>(by, dy, 1, 2);
    v = f32x4.sub(dx, d2);
    c2 = v128.load(c, 208);
    dy = output(dx, d1, d2, v128.load(c, 240), v128.load(c, 256), v128.load(c, 272));
    d2 = nextSecond(d1, d2, v, c2, v128.load(c, 224));
    d1 = nextFirst(d1, v, v128.load(c, 192), c2);

    const bx = v128.shuffle<f64>(ay, by, 1, 2);
    v = f32x4.sub(bx, b2);
    c2 = v128.load(c, 112);
    by = output(bx, b1, b2, v128.load(c, 144), v128.load(c, 160), v128.load(c, 176));
    b2 = nextSecond(b1, b2, v, c2, v128.load(c, 128));
    b1 = nextFirst(b1, v, v128.load(c, 96), c2);

    const ax = v128.shuffle<f64>(loadFrame(left + at, right + at), ay, 0, 2);
    v = f32x4.sub(ax, a2);
    c2 = v128.load(c, 16);
    ay = output(ax, a1, a2, v128.load(c, 48), v128.load(c, 64), v128.load(c, 80));
    a2 = nextSecond(a1, a2, v, c2, v128.load(c, 32));
    a1 = nextFirst(a1, v, v128.load(c), c2);

    v128.store32_lane(left + at - 28, ey, 2);
    v128.store32_lane(right + at - 28, ey, 3);
  }
  v128.store(states, a1);
  v128.store(states, a2, 16);
  v128.store(states, ay, 32);
  v128.store(states, b1, 48);
  v128.store(states, b2, 64);
  v128.store(states, by, 80);
  v128.store(states, d1, 96);
  v128.store(states, d2, 112);
  v128.store(states, dy, 128);
  v128.store(states, e1, 144);
  v128.store(states, e2, 160);
  v128.store(states, ey, 176);
}

/** A bank over `frames` samples of one pair of channels with coefficients that stand still. */
function runBank(groups: i32, c: usize, states: usize, left: usize, right: usize, frames: i32): void {
  const delay = GROUP_BANDS * groups - 1;
  // Step t has band b at sample t - b. First the steps in which the last bands still wait for their first sample.
  const full = min(delay, frames);
  for (let t = 0; t < full; t++) {
    const at = (<usize>t) << 2;
    stepBands(c, states, 0, t, loadFrame(left + at, right + at));
  }
  if (groups === LEAST_GROUPS) runThree(c, states, left, right, full, frames);
  else runFour(c, states, left, right, full, frames);
  // Then the steps in which the first bands have no sample any more.
  const last = states + GROUP_STATE * <usize>(groups - 1) + OUTPUT;
  for (let t = max(full, frames), steps = frames + delay; t < steps; t++) {
    stepBands(c, states, t - frames + 1, min(t, delay), f32x4.splat(0));
    if (t < delay) continue;
    const at = (<usize>(t - delay)) << 2;
    store<f32>(left + at, load<f32>(last, 8));
    store<f32>(right + at, load<f32>(last, 12));
  }
}

/** All banks while coefficients move: `rampLeft` frames of the ramp remain before the first of these frames. */
function runRamp(state: Equaliser, states: usize, left: usize, right: usize, frames: i32, rampLeft: i32): void {
  const end = state.coefficients + coefficientBytes(state);
  const toTarget = state.targets - state.coefficients;
  const toStep = state.steps - state.coefficients;
  for (let t = 1; t <= frames; t++, left += 4, right += 4) {
    const remaining = f32x4.splat(<f32>(rampLeft - t));
    for (let at = state.coefficients; at < end; at += 16) {
      v128.store(at, f32x4.sub(v128.load(at + toTarget), f32x4.mul(v128.load(at + toStep), remaining)));
    }
    let y = loadFrame(left, right);
    let group = states;
    for (let at = state.coefficients; at < end; at += GROUP_COEFFICIENTS, group += GROUP_STATE) {
      y = stepBand(at, group, y);
      y = stepBand(at + 8, group + 8, y);
    }
    v128.store32_lane(left, y, 0);
    v128.store32_lane(right, y, 1);
  }
}

function startRamp(state: Equaliser): void {
  const share = f32x4.splat(<f32>(1.0 / <f64>state.rampFrames));
  for (let at: usize = 0; at < coefficientBytes(state); at += 16) {
    const change = f32x4.sub(v128.load(state.targets + at), v128.load(state.coefficients + at));
    v128.store(state.steps + at, f32x4.mul(change, share));
  }
  state.rampLeft = state.rampFrames;
  state.changed = false;
}

/**
 * Filters `frames` samples in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function equaliserProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Equaliser>(pointer);
  if (state.changed && frames > 0) startRamp(state);
  while (frames > 0) {
    let count = min(frames, state.untilFlush);
    if (state.rampLeft > 0) count = min(count, state.rampLeft);
    let states = state.states;
    for (let channel = 0; channel < state.channels; channel += 2) {
      const left = samples + stride * <usize>channel;
      // An odd channel is its own neighbour.
      const right = channel + 1 < state.channels ? left + stride : left;
      if (state.rampLeft > 0) runRamp(state, states, left, right, count, state.rampLeft);
      for (let bank = 0, c = state.coefficients; bank < state.banks; bank++) {
        if (state.rampLeft === 0) runBank(state.groups, c, states, left, right, count);
        states += GROUP_STATE * <usize>state.groups;
        c += GROUP_COEFFICIENTS * <usize>state.groups;
      }
    }
    if (state.rampLeft > 0) state.rampLeft -= count;
    state.untilFlush -= count;
    if (state.untilFlush === 0) {
      flushStates(state.states, stateBytes(state));
      state.untilFlush = FLUSH_FRAMES;
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
