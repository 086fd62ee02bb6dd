// From the gains that a signal requires to a smooth gain that is never above them.
// Stages: minimum over a window -> release -> three moving means in a row, together as long as the window looks ahead.
// A mean over minima of windows that all hold a point is not above that point's requirement, and where it touches it the
// gain is level. The means are sums of whole numbers, so they carry no rounding drift, and a gain that has come back to
// 1 is exactly 1.
// Source of the minimum: D. Lemire, "Streaming maximum-minimum filter using no more than three comparisons per element",
// Nordic Journal of Computing 13 (2006).
import { arenaAllocate } from '../memory/arena';

/** A gain of 1 as a whole number: three sums of up to 320 of these stay exact in float64. */
const UNIT: f64 = 67108864;
/** Nearer to 1 than this, a gain is 1 again. */
const RELEASED: f64 = 1e-6;

@unmanaged
export class GainSmoother {
  /** Values that the minimum is taken over. */
  window: i32;
  /** Length of each moving mean. */
  mean: i32;
  /** Share of the way to 1 that a gain goes in a step. */
  release: f64;
  /** Required gains in the window that are smaller than all later ones: values, and the numbers of their steps. */
  values: usize;
  steps: usize;
  mask: i32;
  head: i32;
  count: i32;
  step: i32;
  released: f64;
  /** The last values of each moving mean, and their sums. */
  ringA: usize;
  ringB: usize;
  ringC: usize;
  position: i32;
  sumA: f64;
  sumB: f64;
  sumC: f64;
}

/** @returns 0 when no memory is left */
export function smootherCreate(window: i32, mean: i32, releaseSteps: f64): usize {
  let capacity = 1;
  while (capacity <= window) capacity <<= 1;
  const pointer = arenaAllocate(offsetof<GainSmoother>());
  const values = arenaAllocate((<usize>capacity) << 2);
  const steps = arenaAllocate((<usize>capacity) << 2);
  const rings = arenaAllocate(<usize>mean * 24);
  if (pointer === 0 || values === 0 || steps === 0 || rings === 0) return 0;
  const state = changetype<GainSmoother>(pointer);
  state.window = window;
  state.mean = mean;
  state.release = 1 - Math.exp(-1 / releaseSteps);
  state.values = values;
  state.steps = steps;
  state.mask = capacity - 1;
  state.ringA = rings;
  state.ringB = rings + ((<usize>mean) << 3);
  state.ringC = rings + ((<usize>mean) << 4);
  smootherReset(state);
  return pointer;
}

/** As if a gain of 1 had been required for ever. */
export function smootherReset(state: GainSmoother): void {
  const mean = <f64>state.mean;
  state.head = 0;
  state.count = 0;
  state.step = 0;
  state.released = 1;
  state.position = 0;
  state.sumA = UNIT * mean;
  state.sumB = UNIT * mean * mean;
  state.sumC = UNIT * mean * mean * mean;
  for (let i: usize = 0; i < <usize>state.mean; i++) {
    store<f64>(state.ringA + (i << 3), UNIT);
    store<f64>(state.ringB + (i << 3), UNIT * mean);
    store<f64>(state.ringC + (i << 3), UNIT * mean * mean);
  }
}

/** Whether nothing below 1 was required for so long that the gain is at rest. */
export function smootherAtRest(state: GainSmoother): bool {
  const mean = <f64>state.mean;
  return (
    state.count === 0 &&
    state.sumA === UNIT * mean &&
    state.sumB === state.sumA * mean &&
    state.sumC === state.sumB * mean
  );
}

/** The smallest gain required in the window, after `required` has entered it. Gains of 1 are not kept. */
function windowMinimum(state: GainSmoother, required: f32): f32 {
  const values = state.values;
  const steps = state.steps;
  const mask = state.mask;
  let count = state.count;
  let head = state.head;
  if (count > 0 && state.step - load<i32>(steps + ((<usize>head) << 2)) >= state.window) {
    head = (head + 1) & mask;
    count -= 1;
  }
  while (count > 0 && load<f32>(values + ((<usize>((head + count - 1) & mask)) << 2)) >= required) count -= 1;
  if (required < 1) {
    const tail = (<usize>((head + count) & mask)) << 2;
    store<f32>(values + tail, required);
    store<i32>(steps + tail, state.step);
    count += 1;
  }
  state.head = head;
  state.count = count;
  state.step += 1;
  return count > 0 ? load<f32>(values + ((<usize>head) << 2)) : 1;
}

/** Takes the gain that a new step requires, 0 to 1, and returns the smooth gain. */
export function smootherPush(state: GainSmoother, required: f32): f32 {
  const minimum = <f64>windowMinimum(state, required);
  let released = state.released + (1 - state.released) * state.release;
  if (1 - released < RELEASED) released = 1;
  released = min(released, minimum);
  state.released = released;

  const at = (<usize>state.position) << 3;
  state.position = state.position + 1 === state.mean ? 0 : state.position + 1;
  const a = Math.floor(released * UNIT);
  state.sumA += a - load<f64>(state.ringA + at);
  store<f64>(state.ringA + at, a);
  state.sumB += state.sumA - load<f64>(state.ringB + at);
  store<f64>(state.ringB + at, state.sumA);
  state.sumC += state.sumB - load<f64>(state.ringC + at);
  store<f64>(state.ringC + at, state.sumB);
  const mean = <f64>state.mean;
  return <f32>(state.sumC / (UNIT * mean * mean * mean));
}
