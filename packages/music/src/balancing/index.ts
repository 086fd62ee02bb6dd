export { BalancingError, type BalancingErrorKind } from './balancing-error.ts';
export { type HeardStem, type HearStemOptions, hearStem } from './listen/hear-stem.ts';
export { parseBalancePlan } from './parse-balance-plan.ts';
export { withBus } from './plan/plan-bus.ts';
export { type PlannedBalance, type PlanStemsOptions, planStems } from './plan/plan-stems.ts';
export type { StemToMix } from './plan/stem-to-mix.ts';
export {
  type BalancePlan,
  balancePlanJsonSchema,
  MOST_STEMS,
  type PlannedStem,
  type ReferenceDistance,
} from './plan-schema.ts';
export { type RecognisedStem, type RecogniseOptions, recogniseStem } from './recognise/recognise-stem.ts';
export { type StemModel, stemFeatures } from './recognise/stem-model.ts';
export { type StemSound, stemSound } from './recognise/stem-sound.ts';
export { type ReferenceMix, referenceMix } from './reference/compare-reference.ts';
export { type RenderBalanceOptions, renderBalance } from './render/render-balance.ts';
export { type BalanceFigures, BalanceMeter } from './result/balance-meter.ts';
export { STEM_KINDS, type StemKind } from './stem-kinds.ts';
