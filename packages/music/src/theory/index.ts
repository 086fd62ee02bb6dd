export {
  ALL_KEYS,
  camelotDistance,
  camelotOf,
  type Key,
  keyOf,
  type Mode,
  openKeyOf,
  PITCH_NAMES,
  type PitchName,
  pitchClassOf,
  tonicOf,
} from './key.ts';
export { parseKey } from './parse-key.ts';
export { type TempoStep, tempoStep } from './tempo-step.ts';
