import type { Kernels } from '@tutti/dsp';
import type { AccentCurves } from './accent-curves.ts';
import { beatRhythms, likenessAfter, PLACES } from './beat-rhythms.ts';

/** Places that belong to no common subdivision of a beat (neither half, thirds nor quarters). */
const ELSEWHERE = [1, 2, 5, 7, 10, 11] as const;
/** Beats after which a bar usually repeats. */
const BARS = [3, 4] as const;
/** Keeps logarithms of near-silent places within reason; accents are in units of their mean. */
const FLOOR = 0.3;

/** What speaks for a row of moments being the beats of a track. */
export interface BeatEvidence {
  readonly bpm: number;
  /** How much stronger bass onsets and those of the middle are at the beats than on average, in nepers. */
  readonly bassContrast: number;
  readonly midContrast: number;
  /** Onset strength at places that no common subdivision has, against that at the beats, in nepers. */
  readonly clutter: number;
  /** 0 to 1: how much bass and what is above it take turns from beat to beat, as bass drum and snare do. */
  readonly alternation: number;
  /** -1 to 1: likeness of the rhythm of each beat to that of three and of four beats later. */
  readonly repetition: number;
}

/**
 * Looks at the onsets of a track through a row of possible beats.
 * @param kernels lend memory for the time of the call
 * @param beats frames, ascending, at least two, inside of the curves
 */
export function beatEvidence(kernels: Kernels, beats: Float64Array, curves: AccentCurves): BeatEvidence {
  const count = beats.length - 1;
  const bands = [curves.low, curves.mid, curves.high];
  const total = new Float64Array(PLACES);
  const turns = new Float64Array(2 * bands.length);
  for (let i = 0; i < count; i++) {
    const start = beats[i]! + 0.5;
    const step = (beats[i + 1]! - beats[i]!) / PLACES;
    for (let place = 0; place < PLACES; place++) {
      total[place] = total[place]! + curves.all[(start + place * step) | 0]!;
    }
    for (let b = 0; b < bands.length; b++) {
      const turn = 2 * b + (i & 1);
      turns[turn] = turns[turn]! + bands[b]![start | 0]!;
    }
  }
  const level = (sum: number) => Math.log(sum / count + FLOOR);
  const likeness = likenessAfter(kernels, beatRhythms(beats, curves), BARS, true);
  const clutter = ELSEWHERE.reduce((sum, place) => sum + total[place]!, 0) / ELSEWHERE.length;
  return {
    bpm: (60 * curves.frameRate * count) / (beats[count]! - beats[0]!),
    bassContrast: level(turns[0]! + turns[1]!),
    midContrast: level(turns[2]! + turns[3]!),
    clutter: level(clutter) - level(total[0]!),
    alternation: alternationOf(turns, count),
    repetition: likeness.reduce((sum, value) => sum + value, 0) / BARS.length,
  };
}

/** @param turns sums over even and odd beats in low, mid and high */
function alternationOf(turns: Float64Array, count: number): number {
  const [even, odd] = [Math.ceil(count / 2), Math.max(1, Math.floor(count / 2))];
  const tilt = (band: number) => {
    const first = turns[2 * band]! / even;
    const second = turns[2 * band + 1]! / odd;
    return (first - second) / (first + second + FLOOR);
  };
  const [low, mid, high] = [tilt(0), tilt(1), tilt(2)];
  return Math.sqrt(Math.max(0, -low * mid, -low * high));
}
