// From a gain for each group of 4 frames to a gain for each frame, linear over the group behind the one it was made from:
// a gain is known when the first frame that needs it comes.
import { arenaAllocate } from '../memory/arena';
import { GROUP, SLICE } from './level-detector';

@unmanaged
export class GainLine {
  /** Of each frame from the next one on, as far as they are known. */
  gains: usize;
  known: i32;
  last: f32;
}

/** @returns 0 when no memory is left */
export function lineCreate(): usize {
  const pointer = arenaAllocate(offsetof<GainLine>());
  const gains = arenaAllocate((<usize>(SLICE + 4 * GROUP)) << 2);
  if (pointer === 0 || gains === 0) return 0;
  changetype<GainLine>(pointer).gains = gains;
  return pointer;
}

/** As if the gain had been `gain` for ever. */
export function lineReset(state: GainLine, gain: f32): void {
  v128.store(state.gains, f32x4.splat(gain));
  state.known = GROUP;
  state.last = gain;
}

/** Takes the gains of `groups` groups. */
export function lineExtend(state: GainLine, groupGains: usize, groups: i32): void {
  let last = state.last;
  let target = state.gains + ((<usize>state.known) << 2);
  for (const end = groupGains + ((<usize>groups) << 2); groupGains < end; groupGains += 4, target += 16) {
    const gain = load<f32>(groupGains);
    const step = f32x4.mul(f32x4.splat((gain - last) * 0.25), f32x4(1, 2, 3, 4));
    v128.store(target, f32x4.add(f32x4.splat(last), step));
    last = gain;
  }
  state.last = last;
  state.known += groups * GROUP;
}

/** Forgets the gains of `frames` frames that have been put out. */
export function lineAdvance(state: GainLine, frames: i32): void {
  state.known -= frames;
  memory.copy(state.gains, state.gains + ((<usize>frames) << 2), (<usize>state.known) << 2);
}
