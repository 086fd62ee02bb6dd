import { signed } from '../../plans/reason-words.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { MasterResult } from './verify-master.ts';

/** Nearer to what was expected than this, a master is as good as it gets, LU. */
const CLOSE_LU = 0.04;
/** Further away the plan was wrong about something else than the level, LU. */
const FAR_LU = 1;

/**
 * A plan whose gain makes up for what a render of it was off: a long song's level is planned from parts of it, and these may
 * be a little louder or softer than the rest. A song that is not to be louder than it is (its limiter would take too much)
 * is led to what was expected of it.
 * @returns null when nothing is to be gained by a second render
 */
export function levelCorrected(plan: MasterPlan, { offExpectedLu }: MasterResult): MasterPlan | null {
  if (offExpectedLu === null || Math.abs(offExpectedLu) <= CLOSE_LU || Math.abs(offExpectedLu) > FAR_LU) return null;
  const gain = plan.stages.find((stage) => stage.kind === 'gain');
  if (!gain) return null;
  const gainDb = Math.round(1000 * (gain.gainDb - offExpectedLu)) / 1000;
  const reason = `${gain.reason}; a first render was ${signed(offExpectedLu, 2)} LU off, which ${signed(-offExpectedLu, 2)} dB make up for`;
  return { ...plan, stages: plan.stages.map((stage) => (stage === gain ? { ...gain, gainDb, reason } : stage)) };
}
