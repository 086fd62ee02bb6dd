import { trackTicks } from './beat-tracking.ts';
import type { PulseCandidate } from './pulse-candidates.ts';
import type { RhythmCurves } from './rhythm-curves.ts';
import { fitSteadyPulse, type SteadyPulse } from './steady-pulse.ts';
import { tempoPath } from './tempo-path.ts';
import type { Tempogram } from './tempogram.ts';

/** A pulse whose phase wanders less than this around a grid is played to a machine's or a click's tempo. */
const STEADY_SECONDS = 0.01;
/** Share of the onset strength that must be in phase with such a grid. */
const STEADY_COHERENCE = 0.9;

/** Places of one pulse through a whole track. */
export interface TickRow {
  /** Frames, ascending, all inside of the track. */
  readonly frames: Float64Array;
  /** The grid that the ticks lie on; null when the tempo moves. */
  readonly steady: SteadyPulse | null;
}

/** Follows a pulse through the track; when it turns out to keep one tempo, its ticks are those of the exact grid. */
export function tickRow(curves: RhythmCurves, tempogram: Tempogram, candidate: PulseCandidate): TickRow {
  const path = tempoPath(tempogram, candidate.periodFrames);
  const tracked = trackTicks(curves.pulse, path, tempogram.hopFrames);
  if (tracked.length < 4) return { frames: Float64Array.from(tracked), steady: null };
  const period = (tracked.at(-1)! - tracked[0]!) / (tracked.length - 1);
  const steady = fitSteadyPulse(curves.pulse, curves.frameRate, period);
  if (steady.coherence < STEADY_COHERENCE || steady.wanderFrames > STEADY_SECONDS * curves.frameRate) {
    return { frames: Float64Array.from(tracked), steady: null };
  }
  const count = Math.floor((curves.frames - 1 - steady.originFrames) / steady.periodFrames) + 1;
  const frames = Float64Array.from({ length: count }, (_, k) => steady.originFrames + k * steady.periodFrames);
  return { frames, steady };
}
