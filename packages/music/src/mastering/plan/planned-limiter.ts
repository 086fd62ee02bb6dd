import type { MasterTarget } from '../plan-schema.ts';
import type { StageOf } from '../stage-schemas.ts';

const LOOKAHEAD_SECONDS = 0.01;
const RELEASE_SECONDS = 0.02;
/** Share of the time in which a limiter may take more than is said. */
export const RARE_LIMITING = 0.01;

/** The limiter of a plan for a target. */
export function plannedLimiter({ ceilingDb }: MasterTarget, reason: string): StageOf<'limiter'> {
  return {
    kind: 'limiter',
    ceilingDb,
    lookaheadSeconds: LOOKAHEAD_SECONDS,
    releaseSeconds: RELEASE_SECONDS,
    reason,
  };
}
