import { type MasterStage, STAGE_ORDER, type StageOf } from './stage-schemas.ts';

/** Filters reach up to this share of the sample rate. */
const HIGHEST_SHARE = 0.49;

/** Where stages stand in a plan, and what they are to work on. */
export interface StageContext {
  /** `stages`, say: the name of the list in the plan. */
  readonly field: string;
  /** Hz, at which they run. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Makes the error for a field, its value, and the rule that it breaks ("must be ..."). */
  readonly refused: (field: string, value: unknown, rule: string) => Error;
  /** Makes the error for what is wrong in other words. */
  readonly invalid: (words: string) => Error;
}

/** What a schema does not say of stages in a row: their order, and how their fields belong together. @throws what the context makes */
export function checkStages(stages: readonly MasterStage[], context: StageContext): void {
  const { field, sampleRate, refused } = context;
  stages.forEach((stage, index) => {
    checkOrder(stages, index, context);
    checkStage(stage, `${field}[${index}]`, context);
    for (const [name, value] of filterFrequencies(stage)) {
      if (value > HIGHEST_SHARE * sampleRate)
        throw refused(
          `${field}[${index}].${name}`,
          value,
          `must be at most ${HIGHEST_SHARE * sampleRate}, 0.49 times the output's sample rate`,
        );
    }
  });
}

function checkOrder(stages: readonly MasterStage[], index: number, { field, refused }: StageContext): void {
  const kind = stages[index]!.kind;
  const before = stages[index - 1]?.kind;
  if (before === undefined || STAGE_ORDER.indexOf(kind) > STAGE_ORDER.indexOf(before)) return;
  const behind = STAGE_ORDER.slice(STAGE_ORDER.indexOf(before) + 1);
  throw refused(
    `${field}[${index}].kind`,
    kind,
    behind.length > 0
      ? `must be one of ${behind.join(', ')}, which come behind ${before}`
      : `must not follow ${before}`,
  );
}

function checkStage(stage: MasterStage, field: string, context: StageContext): void {
  const { channels, refused } = context;
  if (stage.kind === 'multiband') checkMultiband(stage, field, context);
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

function checkMultiband(
  { crossoverHz, bands }: StageOf<'multiband'>,
  field: string,
  { refused, invalid }: StageContext,
): void {
  crossoverHz.forEach((hertz, i) => {
    const before = crossoverHz[i - 1];
    if (before !== undefined && hertz <= before)
      throw refused(`${field}.crossoverHz[${i}]`, hertz, `must be above ${before}, the border before it`);
  });
  if (bands.length !== crossoverHz.length + 1)
    throw invalid(
      `${field}.bands has ${bands.length} bands; it must have ${crossoverHz.length + 1}, one more than crossoverHz`,
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
