import type { StemEffect } from './stem-effect.ts';

/** Time in which the gain goes down; short, but longer than a sample, so that it does not click. */
const FALL_SECONDS = 0.004;

/**
 * Makes room for the kick: the gain falls at each hit and comes back over `recoverSeconds`, slowly at first, as a
 * compressor fed by the kick does.
 * @param kickFrames ascending
 * @param depth 0 to 1: how much of the level goes away at the hit
 */
export function createDucking(
  kickFrames: readonly number[],
  depth: number,
  recoverSeconds: number,
  sampleRate: number,
): StemEffect {
  const fallFrames = Math.max(1, Math.round(FALL_SECONDS * sampleRate));
  const recoverFrames = Math.max(1, Math.round(recoverSeconds * sampleRate));
  const gains = Float32Array.from({ length: fallFrames + recoverFrames }, (_, i) => {
    const fallen = (i + 1) / fallFrames;
    const back = 0.5 + 0.5 * Math.cos((Math.PI * (i - fallFrames)) / recoverFrames);
    return 1 - depth * (i < fallFrames ? fallen : back);
  });
  let latest = -1;
  /** Index of the last kick at or before a frame, -1 when there is none; frames only go forward between starts. */
  const findKick = (frame: number) => {
    while (latest + 1 < kickFrames.length && kickFrames[latest + 1]! <= frame) latest++;
    return latest;
  };
  return {
    start() {
      latest = -1;
    },
    process(left, right, from, to) {
      for (let at = from; at < to; ) {
        const kick = findKick(at);
        const end = Math.min(to, kickFrames[kick + 1] ?? to);
        const since = kick < 0 ? gains.length : at - kickFrames[kick]!;
        // Where a kick comes before the gain is back, it falls from where it is.
        const before = kick < 1 ? gains.length : kickFrames[kick]! - kickFrames[kick - 1]!;
        const held = gains[before] ?? 1;
        for (let k = since, i = at; i < end && k < gains.length; i++, k++) {
          const gain = k < fallFrames ? Math.min(gains[k]!, held) : gains[k]!;
          left[i]! *= gain;
          right[i]! *= gain;
        }
        at = end;
      }
    },
  };
}
