import { NO_TEMPO } from '../tempo/tempo-analysis.ts';
import { MOST_CANDIDATES, SAME_TEMPO, type TempoCandidate } from '../tempo/tempo-candidates.ts';
import { usualInterval } from '../tempo/usual-interval.ts';
import type { TempoAnalysis } from '../track-analysis.ts';
import type { Reel } from './reel.ts';
import { betweenSeams, type Seam } from './seam.ts';
import { shareOf } from './share.ts';

/** What of a reel its time is joined from. */
type TimedReel = Pick<Reel, 'own' | 'tempo'>;

/** Beats that lie on one grid to within this, as root of the mean square, keep one tempo: what a steady pulse may wander. */
const STEADY_SECONDS = 0.01;

/**
 * Tempo and grid of a sound that was heard in reels.
 * Beats and downbeats: of each reel between its seams. The tempo is constant when it is in all reels and one grid holds all
 * of their beats; it is the step of that grid then, else the usual interval. Its confidence, as the weight of every
 * candidate, is the mean over the reels, by length, of how likely each of them has that tempo. Metre: that of most of the
 * time.
 */
export function joinTempo(reels: readonly TimedReel[], seams: readonly Seam[]): TempoAnalysis {
  const itself = (time: number) => time;
  const beats = withoutClashes(
    betweenSeams(reels, seams, ({ tempo }) => tempo.beats, itself),
    seams,
  );
  if (beats.length < 2) return NO_TEMPO;
  const isBeat = new Set(beats);
  const grid = reels.every(({ tempo }) => tempo.kind === 'constant') ? gridOf(beats) : null;
  const steady = grid !== null && grid.wander < STEADY_SECONDS;
  const bpm = 60 / (steady ? grid.period : usualInterval(beats));
  const candidates = candidatesOf(reels, bpm);
  return {
    bpm,
    confidence: candidates[0]!.weight,
    kind: steady ? 'constant' : 'drifting',
    candidates,
    beats,
    downbeats: betweenSeams(reels, seams, ({ tempo }) => tempo.downbeats, itself).filter((time) => isBeat.has(time)),
    meter: meterOf(reels),
  };
}

/** Where two reels do not agree on a beat, the last beat of the first may come too near to the first of the second. */
function withoutClashes(beats: readonly number[], seams: readonly Seam[]): number[] {
  const clashes = new Set<number>();
  for (const { time, isBeat } of seams) {
    const next = isBeat ? -1 : beats.findIndex((beat) => beat >= time);
    if (next < 2) continue;
    const usual = beats[next - 1]! - beats[next - 2]!;
    if (beats[next]! - beats[next - 1]! < usual / 2) clashes.add(next - 1);
  }
  return beats.filter((_, i) => !clashes.has(i));
}

/** The grid nearest to beats (least squares), and how far they are from it. */
function gridOf(beats: readonly number[]): { readonly period: number; readonly wander: number } {
  const interval = usualInterval(beats);
  let place = 0;
  const places = beats.map((beat, i) => {
    if (i > 0) place += Math.max(1, Math.round((beat - beats[i - 1]!) / interval));
    return place;
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middlePlace, middleTime] = [mean(places), mean(beats)];
  let product = 0;
  let squares = 0;
  beats.forEach((beat, i) => {
    product += (places[i]! - middlePlace) * (beat - middleTime);
    squares += (places[i]! - middlePlace) ** 2;
  });
  const period = product / squares;
  const errors = beats.map((beat, i) => (beat - middleTime - period * (places[i]! - middlePlace)) ** 2);
  return { period, wander: Math.sqrt(mean(errors)) };
}

function candidatesOf(reels: readonly TimedReel[], bpm: number): TempoCandidate[] {
  const sums = [{ bpm, weight: 0 }];
  for (const reel of reels) {
    for (const candidate of reel.tempo.candidates) {
      const weight = candidate.weight * shareOf(reel, reels);
      const same = sums.find((sum) => Math.abs(sum.bpm / candidate.bpm - 1) < SAME_TEMPO);
      if (same) same.weight += weight;
      else sums.push({ bpm: candidate.bpm, weight });
    }
  }
  const others = sums.slice(1).sort((a, b) => b.weight - a.weight);
  return [sums[0]!, ...others.slice(0, MOST_CANDIDATES - 1)];
}

function meterOf(reels: readonly TimedReel[]): number | null {
  const shares = new Map<number, number>();
  for (const reel of reels) {
    const { meter } = reel.tempo;
    if (meter !== null) shares.set(meter, (shares.get(meter) ?? 0) + shareOf(reel, reels));
  }
  return [...shares].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
