import type { BandCurves } from '@tutti/dsp';

/** Mean square below which a frame is silence: -90 dB. */
const SILENCE = 1e-9;
/** Frames this much quieter, as power, than the mean of those that are not silent do not count: -40 dB. */
const GATE = 1e-4;

/** Power of each frame, and the power from which on it is heard. */
interface GatedPowers {
  readonly powers: Float64Array;
  readonly gate: number;
}

/** Gated like loudness (EBU R 128): above silence, and not too far below the mean of what is above silence. */
function gatedPowers({ low, mid, high }: BandCurves, short: number): GatedPowers {
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
  return { powers, gate: Math.max(SILENCE, (GATE * sum) / Math.max(1, heard)) };
}

/**
 * The frames in which something is heard: so that the pauses of a track, and its fade, do not colour it.
 * @param short how many short frames make one
 * @returns their indices, ascending; none in silence
 */
export function audibleFrames(bandEnergies: BandCurves, short: number): Int32Array {
  const { powers, gate } = gatedPowers(bandEnergies, short);
  const frames = new Int32Array(powers.length);
  let count = 0;
  for (let frame = 0; frame < powers.length; frame++) if (powers[frame]! >= gate) frames[count++] = frame;
  return frames.subarray(0, count);
}

type Span = readonly [from: number, to: number];

/** What was found before: several parts of an analysis ask for the same. */
const spans = new WeakMap<BandCurves, Span>();

/**
 * The short frames from the first to the last in which something is heard: [from, to); [0, 0] in silence.
 * @param bandEnergies not to be changed afterwards
 */
export function audibleSpan(bandEnergies: BandCurves): Span {
  const span = spans.get(bandEnergies) ?? findSpan(bandEnergies);
  spans.set(bandEnergies, span);
  return span;
}

function findSpan(bandEnergies: BandCurves): Span {
  const { powers, gate } = gatedPowers(bandEnergies, 1);
  const isHeard = (power: number) => power >= gate;
  const first = powers.findIndex(isHeard);
  return first < 0 ? [0, 0] : [first, powers.findLastIndex(isHeard) + 1];
}
