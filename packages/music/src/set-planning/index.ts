export { planSet } from './plan-set.ts';
export { seededRandom } from './seeded-random.ts';
export {
  ENERGY_SHAPES,
  type EnergyShape,
  type PairCost,
  type PlannableTrack,
  type PlannedPair,
  type PlannedTrack,
  type SetOrder,
  type SetPlan,
  type SetPlanOptions,
} from './set-plan.ts';
export { SetPlanningError } from './set-planning-error.ts';
