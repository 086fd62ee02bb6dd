import type { AccentCurves } from './accent-curves.ts';

/** Places within a beat where onset strength is looked at: its halves, thirds, quarters and sixths. */
const PLACES = 12;
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
 * @param beats frames, ascending, at least two, inside of the curves
 */
export function beatEvidence(beats: Float64Array, curves: AccentCurves): BeatEvidence {
  const count = beats.length - 1;
  const bands = [curves.low, curves.mid, curves.high];
  const width = bands.length * PLACES;
  const rhythms = new Float32Array(count * width);
  const total = new Float64Array(PLACES);
  const sums = new Float64Array(width);
  const turns = new Float64Array(2 * bands.length);
  for (let i = 0; i < count; i++) {
    const start = beats[i]! + 0.5;
    const step = (beats[i + 1]! - beats[i]!) / PLACES;
    for (let place = 0; place < PLACES; place++) {
      const frame = (start + place * step) | 0;
      total[place] = total[place]! + curves.all[frame]!;
      for (let b = 0; b < bands.length; b++) {
        const value = bands[b]![frame]!;
        const slot = b * PLACES + place;
        sums[slot] = sums[slot]! + value;
        rhythms[i * width + slot] = curves.compressed[b]![frame]!;
        if (place === 0) turns[2 * b + (i & 1)] = turns[2 * b + (i & 1)]! + value;
      }
    }
  }
  const level = (sum: number) => Math.log(sum / count + FLOOR);
  const clutter = ELSEWHERE.reduce((sum, place) => sum + total[place]!, 0) / ELSEWHERE.length;
  return {
    bpm: (60 * curves.frameRate * count) / (beats[count]! - beats[0]!),
    bassContrast: level(sums[0]!),
    midContrast: level(sums[PLACES]!),
    clutter: level(clutter) - level(total[0]!),
    alternation: alternationOf(turns, count),
    repetition: repetitionOf(rhythms, count, width),
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

function repetitionOf(rhythms: Float32Array, count: number, width: number): number {
  for (let i = 0; i < count; i++) standardise(rhythms, i * width, width);
  let sum = 0;
  for (const beats of BARS) {
    const pairs = count - beats;
    if (pairs <= 0) continue;
    let products = 0;
    const offset = beats * width;
    for (let i = 0; i < pairs * width; i++) products += rhythms[i]! * rhythms[i + offset]!;
    sum += products / pairs;
  }
  return sum / BARS.length;
}

/** Makes mean 0 and length 1. */
function standardise(values: Float32Array, start: number, length: number): void {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += values[i]!;
  const mean = sum / length;
  let squares = 0;
  for (let i = start; i < start + length; i++) {
    const value = values[i]! - mean;
    values[i] = value;
    squares += value * value;
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let i = start; i < start + length; i++) values[i] = values[i]! * scale;
}
