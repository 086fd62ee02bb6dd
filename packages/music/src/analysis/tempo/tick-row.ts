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

/**
 * Share of the contrast of the ticks, as they were followed, that their grid must have: the phases of a pulse whose tempo steps
 * can be alike from block to block at a period between the two tempi, where there is nothing.
 */
const LEAST_CONTRAST = 0.5;

/** Places of one pulse through a whole track. */
export interface TickRow {
  /** Frames, ascending, all inside of the track. */
  readonly frames: Float64Array;
  /** The grid that the ticks lie on; null when the tempo moves. */
  readonly steady: SteadyPulse | null;
}

/** Pulses that are followed through the track. More of them, or slower ones, bring as many wrong beats as right ones. */
const PULSES = 3;
/** Rows whose periods stand in a whole ratio to this precision count the same ticks. */
const SAME_PULSE = 0.015;
const MOST_MULTIPLE = 4;

/**
 * The strongest pulses of a track, each followed through it; strongest first. A quick one, which notes of three and of four
 * ticks share, is too fast to be followed: it is there where it keeps one tempo.
 * @param kernels lend memory meanwhile
 */
export function followPulses(kernels: Kernels, curves: RhythmCurves, tempogram: Tempogram): TickRow[] {
  const { usual, quick } = pulsePeriods(tempogram, PULSES);
  const rows = usual
    .map((period) => tickRow(kernels, curves, tempogram, period))
    .filter(({ frames }) => frames.length >= 4);
  const grid = quick === null ? null : gridRow(kernels, curves, quick);
  return grid === null ? rows : [grid, ...rows];
}

/**
 * Leaves out the rows whose ticks are all, or every second, third or fourth of a steady one: counting the ticks of the
 * steady one in groups says the same, and never loses its place.
 */
export function withoutMultiples(rows: readonly TickRow[]): TickRow[] {
  return rows.filter(
    (row, i) =>
      !rows.some((other, j) => {
        if (other.steady === null || i === j) return false;
        const multiple = multipleOf(other, row);
        // Of steady rows that are the same the first stays.
        return multiple === 1 ? row.steady === null || j < i : multiple !== null && multiple <= MOST_MULTIPLE;
      }),
  );
}

/** How many ticks of the faster row there are to one of the slower; null where that is no whole number. */
function multipleOf(faster: TickRow, slower: TickRow): number | null {
  const ratio = meanPeriod(slower) / meanPeriod(faster);
  const whole = Math.round(ratio);
  return whole > 0 && Math.abs(ratio / whole - 1) < SAME_PULSE ? whole : null;
}

function meanPeriod({ frames }: TickRow): number {
  return (frames.at(-1)! - frames[0]!) / (frames.length - 1);
}

/** Follows a pulse through the track; when it turns out to keep one tempo, its ticks are those of the exact grid. */
function tickRow(kernels: Kernels, curves: RhythmCurves, tempogram: Tempogram, periodFrames: number): TickRow {
  const path = tempoPath(kernels, tempogram, periodFrames);
  const tracked = trackTicks(kernels, curves.pulse, path, tempogram.hopFrames);
  if (tracked.length < 4) return { frames: Float64Array.from(tracked), steady: null };
  const frames = Float64Array.from(tracked);
  const followed = { frames, steady: null };
  const grid = gridRow(kernels, curves, meanPeriod(followed));
  const isGrid =
    grid !== null && contrastAt(curves.pulse, grid.frames) > LEAST_CONTRAST * contrastAt(curves.pulse, frames);
  return isGrid ? grid : followed;
}

/** How much more onset strength there is at some places than in the mean. */
function contrastAt(pulse: Float32Array, frames: Float64Array): number {
  const mean = pulse.reduce((sum, value) => sum + value, 0) / pulse.length;
  return frames.reduce((sum, frame) => sum + pulse[Math.round(frame)]!, 0) / frames.length - mean;
}

/** The exact grid of a pulse; null when it does not keep one tempo. @param periodFrames to within a percent */
function gridRow(kernels: Kernels, curves: RhythmCurves, periodFrames: number): TickRow | null {
  const steady = fitSteadyPulse(kernels, curves.pulse, curves.frameRate, periodFrames);
  if (!isSteady(steady, curves.frameRate)) return null;
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
