import { SET_PLAN_SCHEMA, type SetPlanDocument, setPlanSchema } from '@tutti/contract';
import { MixingError, type MixPlan, parseMixPlan } from '@tutti/music/mixing';
import { readPlan } from '../read-plan.ts';

/** Reads and checks a mix plan. @throws WorkflowError as `readPlan` */
export function readMixPlan(path: string): Promise<MixPlan> {
  return readPlan(path, 'mix plan', parseMixPlan);
}

/** Reads and checks what a mix can be made of: a mix plan, or the plan of a set as `tutti plan --json` prints it. */
export function readMixOrSetPlan(path: string): Promise<MixPlan | SetPlanDocument> {
  return readPlan(path, 'mix plan', (json) => (isSetPlan(json) ? parseSetPlan(json) : parseMixPlan(json)));
}

function isSetPlan(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'schema' in json && json.schema === SET_PLAN_SCHEMA;
}

function parseSetPlan(json: unknown): SetPlanDocument {
  const { data, error } = setPlanSchema.safeParse(json);
  if (data) return data;
  const { path, message } = error.issues[0]!;
  throw new MixingError('invalid-plan', `set plan: ${path.join('.') || 'the plan'}: ${message}`);
}
