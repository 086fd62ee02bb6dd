import { checkStages } from '../mastering/check-stages.ts';
import type { MasterStage } from '../mastering/stage-schemas.ts';
import { readPlan, refusal } from '../plans/read-plan.ts';
import { BalancingError } from './balancing-error.ts';
import { type BalancePlan, balancePlanSchema } from './plan-schema.ts';

const PLAN = 'balance plan';

/**
 * Reads a plan that may have been edited by hand.
 * @throws BalancingError 'invalid-plan' naming the field, its value and what is allowed
 */
export function parseBalancePlan(json: unknown): BalancePlan {
  const plan = readPlan(balancePlanSchema, json, PLAN, invalid);
  const check = (field: string, stages: readonly MasterStage[]) =>
    checkStages(stages, {
      ...{ field, sampleRate: plan.output.sampleRate, channels: 2 },
      refused: (name, value, rule) => invalid(refusal(PLAN, name, value, rule)),
      invalid: (words) => invalid(`${PLAN}: ${words}`),
    });
  plan.stems.forEach(({ stages }, index) => {
    check(`stems[${index}].stages`, stages);
  });
  check('bus.stages', plan.bus.stages);
  checkRoom(plan);
  const paths = new Map<string, number>();
  plan.stems.forEach(({ source, startSeconds }, index) => {
    const other = paths.get(source.path);
    if (other !== undefined)
      throw invalid(refusal(PLAN, `stems[${index}].source.path`, source.path, `must not be that of stems[${other}]`));
    paths.set(source.path, index);
    if (startSeconds >= plan.seconds && plan.seconds > 0)
      throw invalid(
        refusal(
          PLAN,
          `stems[${index}].startSeconds`,
          startSeconds,
          `must be below the length of the mix, ${plan.seconds}`,
        ),
      );
  });
  return plan;
}

/** Highest damping, as a share of the sample rate. */
const HIGHEST_DAMPING = 0.45;

function checkRoom({ room, stems, output }: BalancePlan): void {
  const sent = stems.findIndex(({ send }) => send.levelDb !== null);
  if (room === null && sent >= 0)
    throw invalid(
      refusal(PLAN, `stems[${sent}].send.levelDb`, stems[sent]!.send.levelDb, 'must be null, since room is null'),
    );
  const most = HIGHEST_DAMPING * output.sampleRate;
  if (room !== null && room.dampingHz > most)
    throw invalid(
      refusal(PLAN, 'room.dampingHz', room.dampingHz, `must be at most ${most}, 0.45 times the output's sample rate`),
    );
}

function invalid(message: string): BalancingError {
  return new BalancingError('invalid-plan', message);
}
