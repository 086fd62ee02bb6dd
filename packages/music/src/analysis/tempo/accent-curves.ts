import type { RhythmCurves } from './rhythm-curves.ts';

/** Onsets count for a place when they are this near, in frames: players are not machines. */
const NEAR_FRAMES = 2;

/** Onset curves in units of their mean; each value is the largest within two frames. */
export interface AccentCurves {
  readonly frameRate: number;
  readonly all: Float32Array;
  readonly low: Float32Array;
  readonly mid: Float32Array;
  readonly high: Float32Array;
  /** ln(1 + x) of low, mid and high: accents as loudness is heard. */
  readonly compressed: readonly [Float32Array, Float32Array, Float32Array];
}

/** What is heard at a moment when one listens for a beat there. */
export function accentCurves({ frameRate, all, low, mid, high }: RhythmCurves): AccentCurves {
  const bands = [accents(low), accents(mid), accents(high)] as const;
  return {
    frameRate,
    all: accents(all),
    low: bands[0],
    mid: bands[1],
    high: bands[2],
    compressed: [compress(bands[0]), compress(bands[1]), compress(bands[2])],
  };
}

function accents(curve: Float32Array): Float32Array {
  const result = new Float32Array(curve.length);
  let total = 0;
  for (let i = 0; i < curve.length; i++) {
    total += curve[i]!;
    const end = Math.min(curve.length - 1, i + NEAR_FRAMES);
    let top = 0;
    for (let j = Math.max(0, i - NEAR_FRAMES); j <= end; j++) if (curve[j]! > top) top = curve[j]!;
    result[i] = top;
  }
  const scale = total > 0 ? curve.length / total : 0;
  for (let i = 0; i < result.length; i++) result[i] = result[i]! * scale;
  return result;
}

function compress(band: Float32Array): Float32Array {
  const result = new Float32Array(band.length);
  for (let i = 0; i < band.length; i++) result[i] = Math.log(1 + band[i]!);
  return result;
}
