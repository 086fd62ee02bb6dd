export type { TrackSource } from '../sources/track-source.ts';
export { type AutomationPoint, gainAt } from './automation.ts';
export type { MixableTrack } from './mix-track.ts';
export { MixingError, type MixingErrorKind } from './mixing-error.ts';
export { parseMixPlan } from './parse-mix-plan.ts';
export { type MixOptions, planMix } from './plan-mix.ts';
export { type MixPlan, type MixPlanTrack, type MixTransition, mixPlanJsonSchema } from './plan-schema.ts';
export { type RenderOptions, type RenderProgress, renderMix } from './render-mix.ts';
export { mixSecondsAt, sourceSecondsAt, speedAt, type TimeMap, type TimePoint } from './time-map.ts';
