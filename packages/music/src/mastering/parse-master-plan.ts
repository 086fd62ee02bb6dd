import { readPlan, refusal } from '../plans/read-plan.ts';
import { MasteringError } from './mastering-error.ts';
import { type MasterPlan, masterPlanSchema } from './plan-schema.ts';
import { type MasterStage, STAGE_ORDER, type StageOf } from './stage-schemas.ts';

const PLAN = 'master plan';
/** Filters reach up to this share of the sample rate. */
const HIGHEST_SHARE = 0.49;

/**
 * Reads a plan that may have been edited by hand.
 * @throws MasteringError 'invalid-plan' naming the field, its value and what is allowed
 */
export function parseMasterPlan(json: unknown): MasterPlan {
  const plan = readPlan(masterPlanSchema, json, PLAN, invalid);
  const { sampleRate } = plan.output;
  plan.stages.forEach((stage, index) => {
    checkOrder(plan.stages, index);
    checkStage(stage, `stages[${index}]`, plan);
    for (const [field, value] of filterFrequencies(stage)) {
      if (value > HIGHEST_SHARE * sampleRate)
        throw refused(
          `stages[${index}].${field}`,
          value,
          `must be at most ${HIGHEST_SHARE * sampleRate}, 0.49 times the output's sample rate`,
        );
    }
  });
  return plan;
}

function invalid(message: string): MasteringError {
  return new MasteringError('invalid-plan', message);
}

function refused(field: string, value: unknown, rule: string): MasteringError {
  return invalid(refusal(PLAN, field, value, rule));
}

function checkOrder(stages: readonly MasterStage[], index: number): void {
  const kind = stages[index]!.kind;
  const before = stages[index - 1]?.kind;
  if (before === undefined || STAGE_ORDER.indexOf(kind) > STAGE_ORDER.indexOf(before)) return;
  const behind = STAGE_ORDER.slice(STAGE_ORDER.indexOf(before) + 1);
  throw refused(
    `stages[${index}].kind`,
    kind,
    behind.length > 0
      ? `must be one of ${behind.join(', ')}, which come behind ${before}`
      : `must not follow ${before}`,
  );
}

function checkStage(stage: MasterStage, field: string, plan: MasterPlan): void {
  if (stage.kind === 'multiband') checkMultiband(stage, field);
  const { channels } = plan.source;
  if (stage.kind === 'rumble-filter' && stage.offset && stage.offset.length !== channels)
    throw refused(`${field}.offset`, stage.offset, `must have ${channels} numbers, one for each channel`);
  if (stage.kind === 'dynamics' && (stage.mode === 'compress' ? stage.ratio < 1 : stage.ratio > 1))
    throw refused(
      `${field}.ratio`,
      stage.ratio,
      `must be ${stage.mode === 'compress' ? '1 or more' : '1 or less'} to ${stage.mode}`,
    );
  if (stage.kind === 'de-esser' && stage.highHz <= stage.lowHz)
    throw refused(`${field}.highHz`, stage.highHz, `must be above its lowHz, ${stage.lowHz}`);
  if (stage.kind === 'width' && channels === 1)
    throw refused(`${field}.kind`, stage.kind, 'must not be there: the source has one channel');
}

function checkMultiband({ crossoverHz, bands }: StageOf<'multiband'>, field: string): void {
  crossoverHz.forEach((hertz, i) => {
    const before = crossoverHz[i - 1];
    if (before !== undefined && hertz <= before)
      throw refused(`${field}.crossoverHz[${i}]`, hertz, `must be above ${before}, the border before it`);
  });
  if (bands.length !== crossoverHz.length + 1)
    throw invalid(
      `${PLAN}: ${field}.bands has ${bands.length} bands; it must have ${crossoverHz.length + 1}, one more than crossoverHz`,
    );
}

/** The frequencies of a stage that must lie below half the sample rate. */
function filterFrequencies(stage: MasterStage): readonly (readonly [string, number])[] {
  switch (stage.kind) {
    case 'equaliser':
      return stage.bands.map(({ frequencyHz }, i) => [`bands[${i}].frequencyHz`, frequencyHz] as const);
    case 'multiband':
      return stage.crossoverHz.map((hertz, i) => [`crossoverHz[${i}]`, hertz] as const);
    case 'de-esser':
      return [['highHz', stage.highHz]];
    default:
      return [];
  }
}
