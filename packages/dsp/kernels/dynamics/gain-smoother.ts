// From the gains that a signal requires to a smooth gain that is never above them.
// Stages: minimum over a window -> release with two time constants -> three moving means in a row, together as long as the
// window looks ahead.
// The release depends on what is played: a gain below the usual one comes back to that quickly, from there to 1 slowly. So
// a single peak leaves no hole, and where peaks follow each other the gain hovers instead of pumping.
// A mean over minima of windows that all hold a point is not above that point's requirement, and where it touches it the
// gain is level. The means are sums of whole numbers, so they carry no rounding drift, and a gain that has come back to
// 1 is exactly 1.
import { arenaAllocate } from '../memory/arena';
import { MovingMaximum, maximumCreate, maximumOver, maximumReset } from './moving-maximum';

/** A gain of 1 as a whole number: three sums of up to 320 of these stay exact in float64. */
const UNIT: f64 = 67108864;
/** Nearer to 1 than this, a gain is 1 again. */
const RELEASED: f64 = 1e-6;
/** The slow release takes ten times as long as the fast one; the square root of that. */
const RELEASE_SPREAD: f64 = 3.1622776601683795;

@unmanaged
export class GainSmoother {
  /** Of the required gains: their bits turned over, so that the smallest gain is the largest number. */
  maximum: usize;
  /** A place for one number. */
  scratch: usize;
  /** The smallest gain in the window. */
  least: f32;
  /** Length of each moving mean. */
  mean: i32;
  /** Shares of the way that a gain goes in a step: to the usual one where it is below, and to 1. */
  fast: f64;
  slow: f64;
  /** Mean of the smallest gains, as long as the slow release. */
  usual: f64;
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
  const pointer = arenaAllocate(offsetof<GainSmoother>());
  const maximum = maximumCreate(window, ~reinterpret<i32>(<f32>1));
  const scratch = arenaAllocate(4);
  const rings = arenaAllocate(<usize>mean * 24);
  if (pointer === 0 || maximum === 0 || scratch === 0 || rings === 0) return 0;
  const state = changetype<GainSmoother>(pointer);
  state.maximum = maximum;
  state.scratch = scratch;
  state.mean = mean;
  state.ringA = rings;
  state.ringB = rings + ((<usize>mean) << 3);
  state.ringC = rings + ((<usize>mean) << 4);
  smootherSetRelease(state, releaseSteps);
  smootherReset(state);
  return pointer;
}

/** @param releaseSteps geometric mean of the two time constants */
export function smootherSetRelease(state: GainSmoother, releaseSteps: f64): void {
  state.fast = 1 - Math.exp(-RELEASE_SPREAD / releaseSteps);
  state.slow = 1 - Math.exp(-1 / (releaseSteps * RELEASE_SPREAD));
}

/** As if a gain of 1 had been required for ever. */
export function smootherReset(state: GainSmoother): void {
  const mean = <f64>state.mean;
  maximumReset(changetype<MovingMaximum>(state.maximum));
  state.least = 1;
  state.usual = 1;
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
    state.least === 1 &&
    state.sumA === UNIT * mean &&
    state.sumB === state.sumA * mean &&
    state.sumC === state.sumB * mean
  );
}

/** The smallest gain required in the window, after `required` has entered it. */
function windowMinimum(state: GainSmoother, required: f32): f32 {
  store<i32>(state.scratch, ~reinterpret<i32>(required));
  maximumOver(changetype<MovingMaximum>(state.maximum), state.scratch, 1);
  return reinterpret<f32>(~load<i32>(state.scratch));
}

/** Takes the gain that a new step requires, 0 to 1, and returns the smooth gain. */
export function smootherPush(state: GainSmoother, required: f32): f32 {
  const before = state.released;
  const least = windowMinimum(state, required);
  state.least = least;
  state.usual += (<f64>least - state.usual) * state.slow;
  let released = before + (1 - before) * state.slow + max<f64>(0, state.usual - before) * state.fast;
  released = min(released, <f64>least);
  if (least === 1 && 1 - released < RELEASED) {
    released = 1;
    state.usual = 1;
  }
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
