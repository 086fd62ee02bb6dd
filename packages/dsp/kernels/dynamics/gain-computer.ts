// The static curve of a compressor or expander: from levels to amounts, the changes of the gain without their sign, and
// from amounts to gains. Levels, thresholds and amounts are in nepers here (1 Np = 8.686 dB). Parameters that are set
// anew move linearly, a step a group.
// Source: D. Giannoulis, M. Massberg and J. D. Reiss, "Digital dynamic range compressor design: a tutorial and
// analysis", JAES 60 (2012), section 2.2, the knee of equation 4.
import { arenaAllocate } from '../memory/arena';
import { exponential4 } from '../transform/exponential';
import { logarithm4 } from '../transform/logarithm';

export const COMPRESS: i32 = 0;
export const EXPAND: i32 = 1;
export const EXPAND_BELOW: i32 = 2;

const NEPERS_PER_DB: f64 = Math.LN10 / 20;
export const DB_PER_NEPER: f32 = <f32>(20 / Math.LN10);
/** A level of 0 counts as this one. */
const SMALLEST: f32 = 1e-30;
const HARD_KNEE: f32 = 1e-6;

@unmanaged
export class GainComputer {
  /** 1 when levels above the threshold have an amount, -1 when those below it have. */
  side: f32;
  /** 1 when an amount raises the gain, -1 when it lowers it. */
  sign: f32;
  /** 1 when levels come as magnitudes, 0.5 when they come as squares. */
  exponent: f32;
  rampGroups: i32;
  /** Groups left of the present ramp. */
  rampLeft: i32;
  // Where each parameter goes to, and its step a group.
  threshold: f32;
  thresholdStep: f32;
  /** Amount for each neper beyond the threshold. */
  slope: f32;
  slopeStep: f32;
  knee: f32;
  kneeStep: f32;
  range: f32;
  rangeStep: f32;
  gain: f32;
  gainStep: f32;
}

/** @returns 0 when no memory is left */
export function computerCreate(mode: i32, squares: bool, rampGroups: i32): usize {
  const pointer = arenaAllocate(offsetof<GainComputer>());
  if (pointer === 0) return 0;
  const state = changetype<GainComputer>(pointer);
  state.side = mode === EXPAND_BELOW ? -1 : 1;
  state.sign = mode === EXPAND ? 1 : -1;
  state.exponent = squares ? 0.5 : 1;
  state.rampGroups = rampGroups;
  return pointer;
}

/** The step with which a parameter that is at `target - step * rampLeft` arrives at `next` at the end of a new ramp. */
function stepTo(state: GainComputer, target: f32, step: f32, next: f32): f32 {
  return (next - (target - step * <f32>state.rampLeft)) / <f32>state.rampGroups;
}

/** Where the parameters go in the next `rampGroups` groups. */
export function computerSet(
  state: GainComputer,
  thresholdDb: f64,
  ratio: f64,
  kneeDb: f64,
  rangeDb: f64,
  gainDb: f64,
): void {
  const threshold = <f32>(thresholdDb * NEPERS_PER_DB);
  const slope = <f32>Math.abs(1 / ratio - 1);
  const knee = <f32>(kneeDb * NEPERS_PER_DB);
  const range = <f32>(rangeDb * NEPERS_PER_DB);
  const gain = <f32>(gainDb * NEPERS_PER_DB);
  state.thresholdStep = stepTo(state, state.threshold, state.thresholdStep, threshold);
  state.slopeStep = stepTo(state, state.slope, state.slopeStep, slope);
  state.kneeStep = stepTo(state, state.knee, state.kneeStep, knee);
  state.rangeStep = stepTo(state, state.range, state.rangeStep, range);
  state.gainStep = stepTo(state, state.gain, state.gainStep, gain);
  state.threshold = threshold;
  state.slope = slope;
  state.knee = knee;
  state.range = range;
  state.gain = gain;
  state.rampLeft = state.rampGroups;
}

/** Parameters that were on their way arrive. */
export function computerArrive(state: GainComputer): void {
  state.rampLeft = 0;
}

/** Steps left of the ramp, for each of four groups of which the first is `group` groups ahead. */
function stepsLeft(state: GainComputer, group: i32): v128 {
  const left = f32x4.sub(f32x4.splat(<f32>(state.rampLeft - group)), f32x4(1, 2, 3, 4));
  return f32x4.pmax(f32x4.splat(0), left);
}

function parameter(target: f32, step: f32, left: v128): v128 {
  return f32x4.sub(f32x4.splat(target), f32x4.mul(f32x4.splat(step), left));
}

/** Amounts of four levels. */
function curve(state: GainComputer, levels: v128, left: v128): v128 {
  const nepers = f32x4.mul(f32x4.splat(state.exponent), logarithm4(f32x4.pmax(f32x4.splat(SMALLEST), levels)));
  const threshold = parameter(state.threshold, state.thresholdStep, left);
  const beyond = f32x4.mul(f32x4.splat(state.side), f32x4.sub(nepers, threshold));
  const knee = f32x4.pmax(f32x4.splat(HARD_KNEE), parameter(state.knee, state.kneeStep, left));
  const half = f32x4.mul(f32x4.splat(0.5), knee);
  // Within the knee a parabola that leaves 0 at its one end and has the slope of the line at the other.
  const zero = f32x4.splat(0);
  const within = f32x4.pmin(knee, f32x4.pmax(zero, f32x4.add(beyond, half)));
  const bent = f32x4.div(f32x4.mul(within, within), f32x4.add(knee, knee));
  const over = f32x4.add(bent, f32x4.pmax(zero, f32x4.sub(beyond, half)));
  const amount = f32x4.mul(parameter(state.slope, state.slopeStep, left), over);
  return f32x4.pmin(amount, parameter(state.range, state.rangeStep, left));
}

/** values[i], the linear level of the i-th group to come, becomes its amount. */
export function computerAmounts(state: GainComputer, values: usize, groups: i32): void {
  for (let group = 0; group < groups; group += 4, values += 16) {
    v128.store(values, curve(state, v128.load(values), stepsLeft(state, group)));
  }
}

/** The amount that a level of 0 has for ever. */
export function computerRest(state: GainComputer): f32 {
  return f32x4.extract_lane(curve(state, f32x4.splat(0), f32x4.splat(0)), 0);
}

/** The linear gain of an amount when no ramp is under way. */
export function computerGain(state: GainComputer, amount: f32): f32 {
  return f32x4.extract_lane(exponential4(f32x4.splat(state.gain + state.sign * amount)), 0);
}

/** values[i], the amount of the i-th group to come, becomes its linear gain; and those groups have come. */
export function computerGains(state: GainComputer, values: usize, groups: i32): void {
  const sign = f32x4.splat(state.sign);
  for (let group = 0; group < groups; group += 4, values += 16) {
    const gain = parameter(state.gain, state.gainStep, stepsLeft(state, group));
    v128.store(values, exponential4(f32x4.add(gain, f32x4.mul(sign, v128.load(values)))));
  }
  state.rampLeft = max(0, state.rampLeft - groups);
}
