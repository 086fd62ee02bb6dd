// States of a recursive filter decay for ever, and as denormals they cost much time. Those that decayed to nothing are set
// to zero, at fixed places of the stream, so that the size of the blocks does not matter.

/** Frames from one flush to the next. */
export const FLUSH_FRAMES: i32 = 1024;
/** -400 dB of full scale. */
export const SILENCE: f32 = 1e-20;

/** Sets to zero what is below SILENCE in `bytes` bytes of floats, a multiple of 16. */
export function flushStates(states: usize, bytes: usize): void {
  for (const end = states + bytes; states < end; states += 16) {
    const value = v128.load(states);
    v128.store(states, v128.and(value, f32x4.ge(f32x4.abs(value), f32x4.splat(SILENCE))));
  }
}
