import type { Kernels } from '@tutti/dsp';
import { harmonicChanges, type SemitoneSums } from '../semitone-sums.ts';
import type { AccentCurves } from './accent-curves.ts';
import { countCycles } from './cycle-counting.ts';
import { noteLengths } from './note-lengths.ts';
import type { RhythmCurves } from './rhythm-curves.ts';
import type { BeatHypothesis } from './tactus.ts';

/**
 * Log-odds of a tick being a beat rather than half-way between two: logistic regression on the evidence of each. Onsets
 * count as they are, without compression: a few strong ones say more than many weak ones.
 */
const WEIGHTS = { low: 0.01, mid: 0.05, length: 1.27, change: 1.49 } as const;
const BIAS = -1.19;

/** Parncutt's durational accent: how fast it grows with the length of a note, in seconds, and how steeply. */
const ACCENT_SECONDS = 0.5;
const ACCENT_POWER = 2;
/** A note belongs to a tick this near, in frames. */
const NEAR_FRAMES = 2;
/** The spectrum is looked at from a little after the tick on, when the attack has passed. */
const ATTACK_SECONDS = 0.05;

/**
 * Counting slips only where the tracking hesitated: where an interval within `HESITATION_TICKS` is this much longer or
 * shorter than those around it, as a logarithm. Music whose beat is hidden for a while is played on.
 */
const HESITATION = 0.08;
const HESITATION_TICKS = 4;
const NEIGHBOURS = 8;
const SLIP_COST = 3;

/**
 * Says which ticks of a row are the beats when it is known how many make up one; ticks that are the beats themselves might
 * lie half-way between them. Beats have bass and strong onsets, long notes begin on them, and harmony changes there.
 * Stages: log-odds of each tick -> the best way to count (Viterbi), which may slip where the tracking may have.
 * @param kernels lend memory for the time of the call
 * @returns frames, ascending
 */
export function phaseBeats(
  kernels: Kernels,
  { row, group }: BeatHypothesis,
  rhythm: RhythmCurves,
  accents: AccentCurves,
  spectra: SemitoneSums,
): Float64Array {
  const ticks = group === 1 ? withHalves(row.frames) : row.frames;
  const ticksInBeat = Math.max(2, group);
  const { frameRate } = rhythm;
  const beatSeconds = (ticksInBeat * (ticks.at(-1)! - ticks[0]!)) / ((ticks.length - 1) * frameRate);
  const lengths = lengthAccents(rhythm.mid, frameRate);
  const changes = harmonicChanges(
    kernels,
    spectra,
    ticks.map((tick) => tick / frameRate + ATTACK_SECONDS),
    new Float64Array(ticks.length).fill(2 * beatSeconds),
  );
  const odds = ticks.map((tick, i) => {
    const frame = Math.round(tick);
    return (
      BIAS +
      WEIGHTS.low * accents.low[frame]! +
      WEIGHTS.mid * accents.mid[frame]! +
      WEIGHTS.length * lengths[frame]! +
      WEIGHTS.change * changes[i]!
    );
  });
  const slipCosts = row.steady ? new Float64Array(ticks.length).fill(Number.POSITIVE_INFINITY) : slipCostsOf(ticks);
  return Float64Array.from(countCycles(odds, ticksInBeat, slipCosts).starts, (i) => ticks[i]!);
}

function withHalves(ticks: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * ticks.length - 1 }, (_, i) => (ticks[i >> 1]! + ticks[(i + 1) >> 1]!) / 2);
}

/** 0 to 1 around the beginning of each note: the longer it is, the more. */
function lengthAccents(onset: Float32Array, frameRate: number): Float32Array {
  const accents = new Float32Array(onset.length);
  for (const { frame, seconds } of noteLengths(onset, frameRate)) {
    const accent = (1 - Math.exp(-seconds / ACCENT_SECONDS)) ** ACCENT_POWER;
    const last = Math.min(onset.length - 1, frame + NEAR_FRAMES);
    for (let i = Math.max(0, frame - NEAR_FRAMES); i <= last; i++) accents[i] = Math.max(accents[i]!, accent);
  }
  return accents;
}

function slipCostsOf(ticks: Float64Array): Float64Array {
  const costs = new Float64Array(ticks.length).fill(Number.POSITIVE_INFINITY);
  const intervals = ticks.subarray(1).map((tick, i) => tick - ticks[i]!);
  intervals.forEach((interval, i) => {
    const around = intervals.slice(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS + 1).sort();
    if (Math.abs(Math.log(interval / around[around.length >> 1]!)) <= HESITATION) return;
    costs.fill(SLIP_COST, Math.max(0, i + 1 - HESITATION_TICKS), i + 2 + HESITATION_TICKS);
  });
  return costs;
}
