export { withoutCopies } from './constraints/without-copies.ts';
export type { PairCost } from './cost/pair-cost.ts';
export type { CurvePoint } from './drawn-curve.ts';
export { ENERGY_SHAPES, type EnergyShape } from './energy-curve.ts';
export { planSet } from './plan-set.ts';
export { seededRandom } from './seeded-random.ts';
export type { PlannedPair, PlannedTrack, SetOrder, SetPlan, SetPlanOptions } from './set-plan.ts';
export { type SetConstraint, SetPlanningError } from './set-planning-error.ts';
export { type AnalysedTrack, type SetTrack, setTrackOf } from './set-track.ts';
