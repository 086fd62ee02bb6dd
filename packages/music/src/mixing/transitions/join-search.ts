import { nearestBeat } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import type { JoinWish } from './join-wish.ts';
import type { LaidTrack } from './laid-track.ts';

/** How much of a track a join may take. */
export interface JoinLimits {
  /** Share of what is heard of a track that one transition may take. */
  readonly transitionShare: number;
  /** Share of a track that may stay unheard at its beginning, and as much at its end. */
  readonly unheardShare: number;
  /** Whether the glide to the outgoing track's own tempo has to be over. */
  readonly afterGlide: boolean;
}

/** Lengths being powers of two, at least 40 % of a track stays alone between two transitions, even where its end is not heard. */
export const USUAL_LIMITS: JoinLimits = { transitionShare: 0.3, unheardShare: 0.25, afterGlide: true };
/** What a person asks for may go further: only room for the transitions beside it has to be left. */
export const WIDE_LIMITS: JoinLimits = { transitionShare: 0.95, unheardShare: 0.98, afterGlide: false };

/** Where and how long a join is looked for. */
export interface JoinSearch {
  readonly wish: JoinWish;
  readonly limits: JoinLimits;
}

/** The moment from which a track may leave. */
export function earliestOut({ inEnd, glideEnd }: LaidTrack, { afterGlide }: JoinLimits): number {
  return afterGlide ? glideEnd : inEnd;
}

/** The beat of a track nearest to a moment that was asked for; undefined when none was. */
export function wishedBeat({ grid }: PreparedTrack, seconds: number | undefined): number | undefined {
  return seconds === undefined || grid === null ? undefined : nearestBeat(grid.beats, seconds);
}
