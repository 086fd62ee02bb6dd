// Frames of the input, cut out and windowed, and frames of the output, overlapped and added.

/** Samples above this, and those that are not numbers, count as silence, so that energies stay finite in f32. */
const LARGEST_SAMPLE: f32 = 10000;

/** Four samples of the input. */
export function loadSamples(pointer: usize): v128 {
  const samples = v128.load(pointer);
  return v128.and(samples, f32x4.le(f32x4.abs(samples), f32x4.splat(LARGEST_SAMPLE)));
}

/** frame[i] = input[i] * window[i] for `size` samples, a multiple of 4. */
export function cutFrame(input: usize, window: usize, frame: usize, size: i32): void {
  for (const end = input + ((<usize>size) << 2); input < end; input += 16, window += 16, frame += 16) {
    v128.store(frame, f32x4.mul(loadSamples(input), v128.load(window)));
  }
}

/**
 * Moves the sum on by `hop` samples, forgetting the first ones, and adds `frame` times `window` to it.
 * @param sum `size` samples; afterwards its first `hop` are complete
 * @param hop a multiple of 4 below `size`
 */
export function overlapAdd(sum: usize, frame: usize, window: usize, size: i32, hop: i32): void {
  const shift = (<usize>hop) << 2;
  const end = sum + ((<usize>size) << 2);
  const kept = end - shift;
  for (; sum < kept; sum += 16, frame += 16, window += 16) {
    const product = f32x4.mul(v128.load(frame), v128.load(window));
    v128.store(sum, f32x4.add(v128.load(sum + shift), product));
  }
  for (; sum < end; sum += 16, frame += 16, window += 16) {
    v128.store(sum, f32x4.mul(v128.load(frame), v128.load(window)));
  }
}
