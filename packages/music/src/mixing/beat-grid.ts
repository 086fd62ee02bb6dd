import type { TrackAnalysis } from '../analysis/track-analysis.ts';
import { smoothDrift } from './grid-smoothing.ts';

/** The beats of a track as a mixer needs them: without holes or jitter, reaching over the whole sound. */
export interface BeatGrid {
  /** Source seconds of each beat, ascending; may begin before 0. */
  readonly beats: Float64Array;
  /** Beats per bar. */
  readonly meter: number;
  /** Whether the meter was heard, or bars of four were laid from the first beat on. */
  readonly barsKnown: boolean;
  /** Indices into `beats`, ascending. */
  readonly barStarts: readonly number[];
  /** Those bar starts that begin a phrase. */
  readonly phraseStarts: readonly number[];
  /** The beats that can be relied on: those heard and, of a steady track, those the grid was carried on to. */
  readonly firstBeat: number;
  readonly lastBeat: number;
}

/** Fewer beats than this make no grid. */
const FEWEST_BEATS = 8;
const ASSUMED_METER = 4;
const ASSUMED_PHRASE_BARS = 8;
/** From a grid that hardly bends to one that follows a player within bars (periods halved: 200, 47, 16, 9 beats). */
const STIFFNESSES = [1e6, 3e3, 40, 4] as const;
/** How far the grid may run beside the beats over some beats, in seconds, before a softer one is tried. */
const SYSTEMATIC_ERROR = 0.003;
const SYSTEMATIC_BEATS = [5, 16] as const;
/** Beats further off than this count little. */
const JITTER_SECONDS = 0.01;
/** How far beyond the beats heard a grid is trusted: a steady one and one that follows a player. */
const STEADY_REACH_BEATS = 64;
const FREE_REACH_BEATS = 4;

/**
 * The grid of a track.
 * Stages: number the beats (filling holes, dropping doubles) -> smooth, as stiffly as the beats allow -> carry on to
 * the ends -> bars -> phrases.
 * @param seconds length of the track
 * @returns null when it has no tempo or fewer than 8 beats
 */
export function beatGridOf(
  { tempo, structure }: Pick<TrackAnalysis, 'tempo' | 'structure'>,
  seconds: number,
): BeatGrid | null {
  if (tempo.bpm === null || tempo.beats.length < FEWEST_BEATS) return null;
  const { values, weights } = numberBeats(tempo.beats);
  const { smooth, steady } = smoothBeats(values, weights);
  const reach = steady ? STEADY_REACH_BEATS : FREE_REACH_BEATS;
  const { beats, before } = carryOn(smooth, seconds);
  const meter = tempo.meter ?? ASSUMED_METER;
  const barStarts = barsOf(beats, tempo.downbeats, meter, before);
  return {
    beats,
    meter,
    barsKnown: tempo.meter !== null && tempo.downbeats.length > 0,
    barStarts,
    phraseStarts: phrasesOf(beats, barStarts, structure.phrases, before),
    firstBeat: Math.max(0, before - reach),
    lastBeat: Math.min(beats.length - 1, before + smooth.length - 1 + reach),
  };
}

/** Gives each beat its number by the intervals before it; a number without a beat has weight 0. */
function numberBeats(times: readonly number[]): { values: Float64Array; weights: Float64Array } {
  const values: number[] = [times[0]!];
  const weights: number[] = [1];
  const intervals = times.slice(1).map((time, i) => time - times[i]!);
  for (let i = 1; i < times.length; i++) {
    const usual = median(intervals.slice(Math.max(0, i - 6), i + 5));
    const steps = Math.round((times[i]! - values.at(-1)!) / usual);
    for (let step = 1; step < steps; step++) {
      values.push(values.at(-1)! + usual);
      weights.push(0);
    }
    if (steps >= 1) {
      values.push(times[i]!);
      weights.push(1);
    }
  }
  return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
}

function smoothBeats(values: Float64Array, heard: Float64Array): { smooth: Float64Array; steady: boolean } {
  for (const stiffness of STIFFNESSES) {
    let weights = heard;
    let smooth = fit(values, weights, stiffness);
    for (let round = 0; round < 3; round++) {
      const fitted = smooth;
      weights = heard.map((weight, i) => weight / (1 + ((values[i]! - fitted[i]!) / JITTER_SECONDS) ** 2));
      smooth = fit(values, weights, stiffness);
    }
    const last = stiffness === STIFFNESSES.at(-1);
    if (last || !runsBeside(values, smooth, heard)) return { smooth, steady: stiffness === STIFFNESSES[0] };
  }
  throw new RangeError('unreachable: the last stiffness is always taken');
}

/** Smoothed, and what that took from drift smoothed once more and put back ("twicing", Tukey 1977): truer at the ends. */
function fit(values: Float64Array, weights: Float64Array, stiffness: number): Float64Array {
  const smooth = smoothDrift(values, weights, stiffness);
  const left = smoothDrift(
    values.map((value, i) => value - smooth[i]!),
    weights,
    stiffness,
  );
  return smooth.map((value, i) => value + left[i]!);
}

/** Whether the grid is off the beats for several of them in a row, by more than their jitter explains. */
function runsBeside(values: Float64Array, smooth: Float64Array, heard: Float64Array): boolean {
  const errors: number[] = [];
  for (let i = 0; i < values.length; i++) if (heard[i]! > 0) errors.push(values[i]! - smooth[i]!);
  // Jitter changes from beat to beat, a grid that is off does not: steps between errors show the jitter alone.
  const steps = errors.slice(1).map((error, i) => Math.abs(error - errors[i]!));
  const jitter = median(steps) / (0.6745 * Math.SQRT2);
  for (const beats of SYSTEMATIC_BEATS) {
    const span = Math.min(beats, errors.length);
    // Three standard errors of a median of so many: what jitter alone may make of it.
    const allowed = SYSTEMATIC_ERROR + (3 * 1.25 * jitter) / Math.sqrt(span);
    // As often as not all of them are near, and so is their median.
    let far = 0;
    for (let end = 0; end < errors.length; end++) {
      if (Math.abs(errors[end]!) > allowed) far += 1;
      const start = end + 1 - span;
      if (start > 0 && Math.abs(errors[start - 1]!) > allowed) far -= 1;
      // The median is beyond only where at least half are: it is one of the larger half.
      if (start >= 0 && 2 * far >= span && Math.abs(median(errors.slice(start, start + span))) > allowed) return true;
    }
  }
  return false;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Carries the grid on at the tempo of its ends, to before 0 and beyond the track's end. */
function carryOn(smooth: Float64Array, seconds: number): { beats: Float64Array; before: number } {
  const span = Math.min(8, smooth.length - 1);
  const firstPeriod = (smooth[span]! - smooth[0]!) / span;
  const lastPeriod = (smooth.at(-1)! - smooth.at(-1 - span)!) / span;
  const before = Math.max(0, Math.ceil(smooth[0]! / firstPeriod));
  const after = Math.max(0, Math.ceil((seconds - smooth.at(-1)!) / lastPeriod));
  const beats = new Float64Array(before + smooth.length + after);
  for (let i = 0; i < before; i++) beats[i] = smooth[0]! - (before - i) * firstPeriod;
  beats.set(smooth, before);
  for (let i = 0; i < after; i++) beats[before + smooth.length + i] = smooth.at(-1)! + (i + 1) * lastPeriod;
  return { beats, before };
}

/** The number of the beat nearest to a time. */
export function nearestBeat(beats: Float64Array, time: number): number {
  let low = 0;
  let high = beats.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (beats[middle]! <= time) low = middle;
    else high = middle;
  }
  return Math.abs(beats[low]! - time) <= Math.abs(beats[high]! - time) ? low : high;
}

/**
 * Bar starts: the downbeats, moved to the grid. Where nearly all of them agree on one count, bars follow it throughout;
 * otherwise each is taken as it was heard, and gaps of whole bars are filled.
 */
function barsOf(beats: Float64Array, downbeats: readonly number[], meter: number, before: number): number[] {
  const heard = [...new Set(downbeats.map((time) => nearestBeat(beats, time)))].sort((a, b) => a - b);
  if (heard.length === 0) heard.push(before);
  const votes = new Array<number>(meter).fill(0);
  for (const beat of heard) votes[beat % meter]! += 1;
  const most = Math.max(...votes);
  const anchors = most >= 0.8 * heard.length ? heard.filter((beat) => votes[beat % meter] === most) : heard;
  const bars: number[] = [];
  for (let beat = anchors[0]! % meter; beat < anchors[0]!; beat += meter) bars.push(beat);
  anchors.forEach((anchor, i) => {
    const next = anchors[i + 1] ?? beats.length;
    const whole = (next - anchor) % meter === 0 || i + 1 === anchors.length;
    for (let beat = anchor; beat < next && (whole || beat === anchor); beat += meter) bars.push(beat);
  });
  return bars;
}

function phrasesOf(beats: Float64Array, bars: readonly number[], phrases: readonly number[], before: number): number[] {
  if (phrases.length === 0) {
    const first = bars.findIndex((bar) => bar >= before);
    return bars.filter((_, i) => (i - first) % ASSUMED_PHRASE_BARS === 0);
  }
  const barTimes = Float64Array.from(bars, (bar) => beats[bar]!);
  return [...new Set(phrases.map((time) => bars[nearestBeat(barTimes, time)]!))].sort((a, b) => a - b);
}
