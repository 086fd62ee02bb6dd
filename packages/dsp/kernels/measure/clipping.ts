// Samples that were cut off at full scale, of one channel: those in runs of several in a row. A loud tone touches full scale
// for a moment only; what was cut off stays there.
import { arenaAllocate } from '../memory/arena';

/** Full scale less one step of 16 bits, at which such files are cut off on the positive side; 1 - 2^-15. */
const FULL_SCALE: f32 = 0.999969482421875;
/** Shorter runs are no clipping: a sine of full scale from 30 Hz on stays there for fewer samples. */
const SHORTEST_RUN: i32 = 4;

/** Length of the present run in i32, then the count in f64. 0 when no memory is left. */
export function clippingCreate(): usize {
  return arenaAllocate(16);
}

export function clippingReset(pointer: usize): void {
  memory.fill(pointer, 0, 16);
}

/** Listens to `frames` samples, of which `peak` is the largest magnitude. */
export function clippingAdd(pointer: usize, samples: usize, frames: i32, peak: f32): void {
  if (frames === 0) return;
  if (peak < FULL_SCALE) {
    store<i32>(pointer, 0);
    return;
  }
  let run = load<i32>(pointer);
  let clipped: i32 = 0;
  const end = samples + ((<usize>frames) << 2);
  const fullScale = f32x4.splat(FULL_SCALE);
  while (samples < end) {
    if (run === 0 && samples + 16 <= end && !v128.any_true(f32x4.ge(f32x4.abs(v128.load(samples)), fullScale))) {
      samples += 16;
      continue;
    }
    if (Mathf.abs(load<f32>(samples)) >= FULL_SCALE) {
      run++;
      if (run === SHORTEST_RUN) clipped += SHORTEST_RUN;
      else if (run > SHORTEST_RUN) clipped++;
    } else {
      run = 0;
    }
    samples += 4;
  }
  store<i32>(pointer, run);
  store<f64>(pointer, load<f64>(pointer, 8) + <f64>clipped, 8);
}

/** Samples so far. */
export function clippingCount(pointer: usize): f64 {
  return load<f64>(pointer, 8);
}
