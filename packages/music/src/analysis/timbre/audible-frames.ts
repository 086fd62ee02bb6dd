import type { BandCurves } from '@tutti/dsp';

/** Mean square below which a frame is silence: -90 dB. */
const SILENCE = 1e-9;
/** Frames this much quieter, as power, than the mean of those that are not silent do not count: -40 dB. */
const GATE = 1e-4;

/**
 * The frames in which something is heard: so that the pauses of a track, and its fade, do not colour it. Gated like
 * loudness (EBU R 128): above silence, and not too far below the mean of what is above silence.
 * @param short how many short frames make one
 * @returns their indices, ascending; none in silence
 */
export function audibleFrames({ low, mid, high }: BandCurves, short: number): number[] {
  const count = Math.ceil(low.length / short);
  const powers = new Float64Array(count);
  let sum = 0;
  let heard = 0;
  for (let frame = 0; frame < count; frame++) {
    const end = Math.min(low.length, (frame + 1) * short);
    let power = 0;
    for (let i = frame * short; i < end; i++) power += low[i]! + mid[i]! + high[i]!;
    powers[frame] = power / (end - frame * short);
    if (powers[frame]! < SILENCE) continue;
    sum += powers[frame]!;
    heard += 1;
  }
  const gate = Math.max(SILENCE, (GATE * sum) / Math.max(1, heard));
  return Array.from(powers.keys()).filter((frame) => powers[frame]! >= gate);
}

/** The short frames from the first to the last in which something is heard: [from, to); [0, 0] in silence. */
export function audibleSpan(bandEnergies: BandCurves): readonly [from: number, to: number] {
  const frames = audibleFrames(bandEnergies, 1);
  return frames.length === 0 ? [0, 0] : [frames[0]!, frames.at(-1)! + 1];
}
