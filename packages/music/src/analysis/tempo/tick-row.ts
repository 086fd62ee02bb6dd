import type { Kernels } from '@tutti/dsp';
import { trackTicks } from './beat-tracking.ts';
import { pulsePeriods } from './pulse-periods.ts';
import type { RhythmCurves } from './rhythm-curves.ts';
import { fitSteadyPulse, type SteadyPulse } from './steady-pulse.ts';
import { tempoPath } from './tempo-path.ts';
import type { Tempogram } from './tempogram.ts';

/** A pulse that wanders less than this around a grid is played to a machine's or a click's tempo. */
const STEADY_SECONDS = 0.01;
/** Share of the onset strength that must be in phase with such a grid. */
const STEADY_COHERENCE = 0.9;
/**
 * Sections that lean to one side of the grid (swing, hats off the beat) move the phase where they begin and leave it
 * there; a tempo that drifts moves it in every window. So less coherence will do where the phase mostly stands still.
 */
const STILL_SECONDS = 0.004;
const STILL_COHERENCE = 0.85;

/** Places of one pulse through a whole track. */
export interface TickRow {
  /** Frames, ascending, all inside of the track. */
  readonly frames: Float64Array;
  /** The grid that the ticks lie on; null when the tempo moves. */
  readonly steady: SteadyPulse | null;
}

/** Pulses that are followed through the track. */
const PULSES = 3;
/** Rows whose periods stand in a whole ratio to this precision count the same ticks. */
const SAME_PULSE = 0.015;

/** The strongest pulses of a track, each followed through it; strongest first. @param kernels lend memory meanwhile */
export function followPulses(kernels: Kernels, curves: RhythmCurves, tempogram: Tempogram): TickRow[] {
  return pulsePeriods(tempogram, PULSES)
    .map((period) => tickRow(kernels, curves, tempogram, period))
    .filter(({ frames }) => frames.length >= 4);
}

/**
 * Leaves out the rows whose ticks are every second, third or fourth of a steady one: counting the ticks of the steady one
 * in groups says the same, and never loses its place.
 */
export function withoutMultiples(rows: readonly TickRow[]): TickRow[] {
  return rows.filter((row) => !rows.some((other) => other !== row && other.steady !== null && covers(other, row)));
}

function covers(faster: TickRow, slower: TickRow): boolean {
  const ratio = meanPeriod(slower) / meanPeriod(faster);
  return ratio > 1.5 && ratio < 4.5 && Math.abs(ratio / Math.round(ratio) - 1) < SAME_PULSE;
}

function meanPeriod({ frames }: TickRow): number {
  return (frames.at(-1)! - frames[0]!) / (frames.length - 1);
}

/** Follows a pulse through the track; when it turns out to keep one tempo, its ticks are those of the exact grid. */
function tickRow(kernels: Kernels, curves: RhythmCurves, tempogram: Tempogram, periodFrames: number): TickRow {
  const path = tempoPath(kernels, tempogram, periodFrames);
  const tracked = trackTicks(kernels, curves.pulse, path, tempogram.hopFrames);
  if (tracked.length < 4) return { frames: Float64Array.from(tracked), steady: null };
  const period = (tracked.at(-1)! - tracked[0]!) / (tracked.length - 1);
  const steady = fitSteadyPulse(kernels, curves.pulse, curves.frameRate, period);
  if (!isSteady(steady, curves.frameRate)) return { frames: Float64Array.from(tracked), steady: null };
  const count = Math.floor((curves.frames - 1 - steady.originFrames) / steady.periodFrames) + 1;
  const frames = Float64Array.from({ length: count }, (_, k) => steady.originFrames + k * steady.periodFrames);
  return { frames, steady };
}

function isSteady({ coherence, wanderFrames, slipFrames }: SteadyPulse, frameRate: number): boolean {
  return (
    (coherence >= STEADY_COHERENCE && wanderFrames <= STEADY_SECONDS * frameRate) ||
    (coherence >= STILL_COHERENCE && slipFrames <= STILL_SECONDS * frameRate)
  );
}
