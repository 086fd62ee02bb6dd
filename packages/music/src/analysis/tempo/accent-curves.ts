import { accentsOf, type Kernels } from '@tutti/dsp';
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

/** What is heard at a moment when one listens for a beat there. @param kernels lend memory for the time of the call */
export function accentCurves(kernels: Kernels, { frameRate, all, low, mid, high }: RhythmCurves): AccentCurves {
  const accents = (curve: Float32Array) => accentsOf(kernels, curve, NEAR_FRAMES);
  const [ofLow, ofMid, ofHigh] = [accents(low), accents(mid), accents(high)];
  return {
    frameRate,
    all: accents(all).strength,
    low: ofLow.strength,
    mid: ofMid.strength,
    high: ofHigh.strength,
    compressed: [ofLow.compressed, ofMid.compressed, ofHigh.compressed],
  };
}
