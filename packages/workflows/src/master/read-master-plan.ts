import { type MasterPlan, parseMasterPlan } from '@tutti/music/mastering';
import { readPlan } from '../read-plan.ts';

/** Reads and checks a master plan. @throws WorkflowError as `readPlan` */
export function readMasterPlan(path: string): Promise<MasterPlan> {
  return readPlan(path, 'master plan', parseMasterPlan);
}
