// Frames of the output, overlapped and added.

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
