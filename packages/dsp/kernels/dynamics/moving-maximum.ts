// The largest of the last values of a stream of whole numbers, in the same few steps for any stream: within a bucket as
// long as the window, the largest so far, and of the bucket before, the largest from each place on.
// Positive floats have the order of their bits, so they may be given as those.
// Source: M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels",
// Pattern Recognition Letters 13 (1992).
import { arenaAllocate } from '../memory/arena';

@unmanaged
export class MovingMaximum {
  /** Values that the maximum is taken over. */
  window: i32;
  /** What had been there for ever. */
  rest: i32;
  /** Values of the bucket at hand; behind them, of the bucket before, the largest from each place on, and one `rest`. */
  bucket: usize;
  position: i32;
  /** The largest in the bucket at hand. */
  largest: i32;
}

/** @returns 0 when no memory is left */
export function maximumCreate(window: i32, rest: i32): usize {
  const pointer = arenaAllocate(offsetof<MovingMaximum>());
  const bucket = arenaAllocate((<usize>(2 * window + 1)) << 2);
  if (pointer === 0 || bucket === 0) return 0;
  const state = changetype<MovingMaximum>(pointer);
  state.window = window;
  state.rest = rest;
  state.bucket = bucket;
  maximumReset(state);
  return pointer;
}

/** As if `rest` had come for ever. */
export function maximumReset(state: MovingMaximum): void {
  const end = state.bucket + ((<usize>(2 * state.window + 1)) << 2);
  for (let at = state.bucket; at < end; at += 4) store<i32>(at, state.rest);
  state.position = 0;
  state.largest = state.rest;
}

function endBucket(state: MovingMaximum): void {
  const toBefore = (<usize>state.window) << 2;
  let largest = state.rest;
  for (let at = state.bucket + toBefore - 4; at >= state.bucket; at -= 4) {
    largest = max(largest, load<i32>(at));
    store<i32>(at + toBefore, largest);
  }
  state.position = 0;
  state.largest = state.rest;
}

/** Puts in the place of each of `count` values, none below `rest`, the largest in the window that ends with it. */
export function maximumOver(state: MovingMaximum, values: usize, count: i32): void {
  const toBefore = ((<usize>state.window) << 2) + 4;
  while (count > 0) {
    const run = min(count, state.window - state.position);
    let largest = state.largest;
    let at = state.bucket + ((<usize>state.position) << 2);
    for (const end = values + ((<usize>run) << 2); values < end; values += 4, at += 4) {
      const value = load<i32>(values);
      store<i32>(at, value);
      largest = max(largest, value);
      store<i32>(values, max(largest, load<i32>(at + toBefore)));
    }
    state.largest = largest;
    state.position += run;
    if (state.position === state.window) endBucket(state);
    count -= run;
  }
}
