// From the amounts by which a signal requires the gain to go down to amounts that are never below them and rise slowly
// enough. Amounts are in nepers, 0 or more (1 Np = 8.686 dB).
// Stages: largest over a short window -> straight lines up to each of these, as long as the gain's way down; of all lines
// the highest -> what is sustained is held -> release.
// Sustained is the smallest over some time of the largest over a shorter one: the amount that was reached again and again.
// So a single peak is let go at once, and where peaks follow each other, as of a bass note, the gain stays down between them
// instead of following the wave, which would be distortion.
import { arenaAllocate } from '../memory/arena';
import { MovingMaximum, maximumCreate, maximumOver, maximumReset } from './moving-maximum';

/** Nearer to 0 than this, an amount is let go: 0.0001 dB. */
const RELEASED: f64 = 1e-5;
/** Most steps that are handled at once. */
const BATCH: i32 = 512;

@unmanaged
export class GainSmoother {
  /** Over the short window, over the time between two peaks, and of the bits turned over, so that it is a minimum. */
  level: usize;
  reached: usize;
  sustained: usize;
  sustainSteps: i32;
  /** Steps of a line, and its heights on the way up from 0 to 1, behind as many zeros as make whole vectors. */
  ramp: i32;
  weights: usize;
  weightBytes: usize;
  /** Of the last `ramp` steps but one and those at hand: the highest line so far. Room for a vector before. */
  lines: usize;
  /** Sustained amounts of the steps at hand. */
  holds: usize;
  before: f32;
  /** Share of an amount that is left after a step of release. */
  kept: f64;
  released: f64;
  /** Steps since something was required, and from how many on that is forgotten. */
  idleSteps: i32;
  forgetSteps: i32;
}

/**
 * @param window steps of the short window
 * @param ramp steps of the gain's way down
 * @param reachSteps steps in which an amount has to be reached again
 * @param sustainSteps steps over which it has to be to be held
 * @returns 0 when no memory is left
 */
export function smootherCreate(window: i32, ramp: i32, reachSteps: i32, sustainSteps: i32, releaseSteps: f64): usize {
  const weightBytes = (<usize>((ramp + 3) & ~3)) << 2;
  const pointer = arenaAllocate(offsetof<GainSmoother>());
  const level = maximumCreate(window, 0);
  const reached = maximumCreate(reachSteps, 0);
  const sustained = maximumCreate(sustainSteps, i32.MIN_VALUE);
  const weights = arenaAllocate(weightBytes);
  const lines = arenaAllocate(weightBytes + ((<usize>BATCH) << 2));
  const holds = arenaAllocate((<usize>BATCH) << 2);
  if (pointer === 0 || level === 0 || reached === 0 || sustained === 0) return 0;
  if (weights === 0 || lines === 0 || holds === 0) return 0;
  for (let i = 0; i < ramp; i++) {
    store<f32>(weights + weightBytes - ((<usize>(i + 1)) << 2), <f32>(1 - <f64>i / <f64>ramp));
  }
  const state = changetype<GainSmoother>(pointer);
  state.level = level;
  state.reached = reached;
  state.sustained = sustained;
  state.sustainSteps = sustainSteps;
  state.ramp = ramp;
  state.weights = weights;
  state.weightBytes = weightBytes;
  state.lines = lines + weightBytes - ((<usize>(ramp - 1)) << 2);
  state.holds = holds;
  state.forgetSteps = ramp + reachSteps + sustainSteps;
  smootherSetRelease(state, releaseSteps);
  smootherReset(state);
  return pointer;
}

/** @param releaseSteps steps in which an amount that is let go falls to 37 % */
export function smootherSetRelease(state: GainSmoother, releaseSteps: f64): void {
  state.kept = Math.exp(-1 / releaseSteps);
}

/** As if nothing had been required for ever. */
export function smootherReset(state: GainSmoother): void {
  const sustained = changetype<MovingMaximum>(state.sustained);
  maximumReset(changetype<MovingMaximum>(state.level));
  maximumReset(changetype<MovingMaximum>(state.reached));
  maximumReset(sustained);
  for (let i = 0; i < state.sustainSteps; i++) {
    store<i32>(state.holds, ~0);
    maximumOver(sustained, state.holds, 1);
  }
  memory.fill(state.lines, 0, (<usize>(state.ramp - 1)) << 2);
  state.before = 0;
  state.released = 0;
  state.idleSteps = state.forgetSteps;
}

/** Whether nothing was required for so long that amounts stay 0 until something is. */
export function smootherIsIdle(state: GainSmoother): bool {
  return state.idleSteps === state.forgetSteps && state.released === 0;
}

/** Puts the amounts behind the lines and raises the lines to the new ones. */
function drawLines(state: GainSmoother, amounts: usize, count: i32): void {
  const least = <f32>(1 - 1 / <f64>state.ramp);
  const forget = state.forgetSteps;
  let idleSteps = state.idleSteps;
  let before = state.before;
  let at = state.lines + ((<usize>(state.ramp - 1)) << 2);
  for (const end = amounts + ((<usize>count) << 2); amounts < end; amounts += 4, at += 4) {
    const amount = load<f32>(amounts);
    store<f32>(at, amount);
    idleSteps = amount > 0 ? 0 : min(forget, idleSteps + 1);
    // Where the step before is as high as the line, the line to that step was as high everywhere.
    if (least * amount > before) {
      const amounts4 = f32x4.splat(amount);
      let line = at + 4 - state.weightBytes;
      for (let weight = state.weights; line < at + 4; line += 16, weight += 16) {
        v128.store(line, f32x4.pmax(v128.load(line), f32x4.mul(amounts4, v128.load(weight))));
      }
    }
    before = amount;
  }
  state.before = before;
  state.idleSteps = idleSteps;
}

/** Turns over the bits of `bytes` bytes, a multiple of 16 but for scratch behind them. */
function turnOver(values: usize, bytes: usize): void {
  for (const end = values + bytes; values < end; values += 16) v128.store(values, v128.not(v128.load(values)));
}

/** Leaves in `holds` what is sustained of `amounts`. */
function findSustained(state: GainSmoother, amounts: usize, count: i32): void {
  const bytes = (<usize>count) << 2;
  memory.copy(state.holds, amounts, bytes);
  maximumOver(changetype<MovingMaximum>(state.reached), state.holds, count);
  turnOver(state.holds, bytes);
  maximumOver(changetype<MovingMaximum>(state.sustained), state.holds, count);
  turnOver(state.holds, bytes);
}

/** values[i] becomes the amount that is there when it and what is sustained are let go slowly. */
function release(state: GainSmoother, values: usize, count: i32): void {
  const kept = state.kept;
  let released = state.released;
  let hold = state.holds;
  for (const end = values + ((<usize>count) << 2); values < end; values += 4, hold += 4) {
    const least = <f64>max(load<f32>(values), load<f32>(hold));
    released = max(least, released * kept);
    if (least === 0 && released < RELEASED) released = 0;
    store<f32>(values, <f32>released);
  }
  state.released = released;
}

/** amounts[i], required by a new step, becomes the smooth amount of the step `ramp - 1` before it. */
export function smootherFollow(state: GainSmoother, amounts: usize, count: i32): void {
  const lineBytes = (<usize>(state.ramp - 1)) << 2;
  while (count > 0) {
    const batch = min(count, BATCH);
    const bytes = (<usize>batch) << 2;
    maximumOver(changetype<MovingMaximum>(state.level), amounts, batch);
    drawLines(state, amounts, batch);
    memory.copy(amounts, state.lines, bytes);
    memory.copy(state.lines, state.lines + bytes, lineBytes);
    findSustained(state, amounts, batch);
    release(state, amounts, batch);
    amounts += bytes;
    count -= batch;
  }
}
