import type { BandLevelsResult } from '@tutti/dsp';

/** dBFS. What is softer at both ends counts as silence: under the noise of tape, over that of 16 bits with dither. */
const SILENCE_DB = -80;
/** Share of the song that is softer than its noise floor. */
const FLOOR_SHARE = 0.05;
const LEAST_DB = -200;
const HOP_SECONDS = 0.1;

/** Level of each tenth of a second over all channels and frequencies, dBFS (RMS), not below -200. */
export function hopLevels({ perHop, hops, columns }: BandLevelsResult): Float32Array {
  return Float32Array.from({ length: hops }, (_, hop) => {
    let power = 0;
    for (let at = hop * columns; at < (hop + 1) * columns; at++) power += perHop.left[at]! + perHop.right[at]!;
    return power > 0 ? Math.max(LEAST_DB, 10 * Math.log10(power / 2)) : LEAST_DB;
  });
}

/** From the first tenth of a second that is not silent to the one behind the last; `from` is `to` in silence. */
export function soundingHops(levels: Float32Array): { readonly from: number; readonly to: number } {
  const from = levels.findIndex((level) => level > SILENCE_DB);
  if (from < 0) return { from: levels.length, to: levels.length };
  return { from, to: levels.findLastIndex((level) => level > SILENCE_DB) + 1 };
}

/** Silence before and behind the sound, to a tenth of a second; a song of silence has it all at its start. */
export function silenceAround(sound: { readonly from: number; readonly to: number }, seconds: number) {
  const startSeconds = Math.min(seconds, sound.from * HOP_SECONDS);
  return { startSeconds, endSeconds: Math.max(0, seconds - Math.max(startSeconds, sound.to * HOP_SECONDS)) };
}

/** The level that a twentieth of the sound is below; null where there is none. */
export function noiseFloorDb(sound: Float32Array): number | null {
  return sound.length > 0 ? sound.toSorted()[Math.floor(FLOOR_SHARE * sound.length)]! : null;
}
