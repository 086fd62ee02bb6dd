export { MasteringError, type MasteringErrorKind } from './mastering-error.ts';
export type { MasterMeasurement } from './measurement-schema.ts';
export { parseMasterPlan } from './parse-master-plan.ts';
export { type Behaviour, type MasterPlan, type MasterTarget, masterPlanJsonSchema } from './plan-schema.ts';
export type { MasterStage, StageKind, StageOf } from './stage-schemas.ts';
export { MASTER_STYLES, masterStyle, USUAL_STYLE } from './styles/find-style.ts';
export type { MasterStyle } from './styles/master-style.ts';
export { MASTER_TARGETS, masterTarget, USUAL_TARGET } from './targets/find-target.ts';
export type { MasterTargetDefinition } from './targets/master-target.ts';
