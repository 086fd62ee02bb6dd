import { readPlan, refusal } from '../plans/read-plan.ts';
import { checkStages } from './check-stages.ts';
import { MasteringError } from './mastering-error.ts';
import { type MasterPlan, masterPlanSchema } from './plan-schema.ts';

const PLAN = 'master plan';

/**
 * Reads a plan that may have been edited by hand.
 * @throws MasteringError 'invalid-plan' naming the field, its value and what is allowed
 */
export function parseMasterPlan(json: unknown): MasterPlan {
  const plan = readPlan(masterPlanSchema, json, PLAN, invalid);
  checkStages(plan.stages, {
    field: 'stages',
    sampleRate: plan.output.sampleRate,
    channels: plan.source.channels,
    refused: (field, value, rule) => invalid(refusal(PLAN, field, value, rule)),
    invalid: (words) => invalid(`${PLAN}: ${words}`),
  });
  return plan;
}

function invalid(message: string): MasteringError {
  return new MasteringError('invalid-plan', message);
}
