import { type MixPlan, parseMixPlan } from '@tutti/music/mixing';
import { readPlan } from '../read-plan.ts';

/** Reads and checks a mix plan. @throws WorkflowError as `readPlan` */
export function readMixPlan(path: string): Promise<MixPlan> {
  return readPlan(path, 'mix plan', parseMixPlan);
}
