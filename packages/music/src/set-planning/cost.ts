import { camelotDistance, type Key, tonicOf } from '../theory/key.ts';
import { type TempoStep, tempoStep } from '../theory/tempo-step.ts';
import type { TrackFeatures } from './features.ts';
import type { PairCost } from './set-plan.ts';

/** What each part weighs in the sum. Key and tempo decide whether two tracks can be mixed at all, so they lead. */
const WEIGHTS = { key: 1, tempo: 1.2, energy: 0.6, loudness: 0.2 } as const;

/**
 * Points by steps on the Camelot wheel. Neighbours share six of seven notes and mix freely; two steps is the "energy
 * boost" that DJs use with care; from three steps on the keys clash.
 */
const KEY_POINTS = [0, 0.1, 0.45, 0.8, 0.9, 1, 1, 1] as const;
/** The same tonic in the other mode (C minor to C major): three hours on the wheel, yet one root. */
const PARALLEL_KEY_POINTS = 0.4;
/** When a key is not known: what two keys drawn at random cost on average, less a little hope. */
const UNKNOWN_KEY_POINTS = 0.6;

/** The stretch at which a beat-match is given up: 1 point. */
const COMFORTABLE_STRETCH = 0.08;
/** Beyond it only a fade or a cut is possible, so that more distance costs little more. */
const MAXIMUM_TEMPO_POINTS = 2;
/** Going from 87 to 174 keeps the pulse but not the feel. */
const HALF_OR_DOUBLE_POINTS = 0.2;
const DIFFERENT_METER_POINTS = 0.6;
/** Between two tracks without a pulse a fade is natural; between one with and one without it is a break. */
const BOTH_WITHOUT_TEMPO_POINTS = 0.4;
const ONE_WITHOUT_TEMPO_POINTS = 1;

const UNKNOWN_ENERGY_POINTS = 0.3;
const UNKNOWN_LOUDNESS_POINTS = 0.3;

function keyPointsKnown(from: Key, to: Key): number {
  if (from.mode !== to.mode && tonicOf(from) === tonicOf(to)) return PARALLEL_KEY_POINTS;
  return KEY_POINTS[camelotDistance(from, to)]!;
}

/** Points for the change of key; an uncertain key counts as much as it is sure, the rest as unknown. */
export function keyPoints(from: TrackFeatures, to: TrackFeatures): number {
  if (from.key === null || to.key === null) return UNKNOWN_KEY_POINTS;
  const sure = Math.min(from.keyConfidence, to.keyConfidence);
  return sure * keyPointsKnown(from.key, to.key) + (1 - sure) * UNKNOWN_KEY_POINTS;
}

function stretchPoints({ ratio, pulses }: TempoStep): number {
  const distance = Math.abs(Math.log(ratio)) / Math.log(1 + COMFORTABLE_STRETCH);
  const points = distance <= 1 ? distance : 1 + (distance - 1) / 4;
  return Math.min(MAXIMUM_TEMPO_POINTS, points) + (pulses[0] === pulses[1] ? 0 : HALF_OR_DOUBLE_POINTS);
}

/** Points for the change of tempo, half and double tempo folded together. */
export function tempoPoints(from: TrackFeatures, to: TrackFeatures): number {
  if (from.bpm === null && to.bpm === null) return BOTH_WITHOUT_TEMPO_POINTS;
  if (from.bpm === null || to.bpm === null) return ONE_WITHOUT_TEMPO_POINTS;
  const metersDiffer = from.meter !== null && to.meter !== null && from.meter !== to.meter;
  return stretchPoints(tempoStep(from.bpm, to.bpm)) + (metersDiffer ? DIFFERENT_METER_POINTS : 0);
}

/** Points for a step of energy: one level is free, each further level costs a quarter. */
export function energyPoints(from: TrackFeatures, to: TrackFeatures): number {
  if (from.energyLevel === null || to.energyLevel === null) return UNKNOWN_ENERGY_POINTS;
  return Math.max(0, Math.abs(to.energyLevel - from.energyLevel) - 1) / 4;
}

/** Points for different loudness: it is matched by gain, but tracks far apart were made for different rooms. */
export function loudnessPoints(from: TrackFeatures, to: TrackFeatures): number {
  if (from.integratedLufs === null || to.integratedLufs === null) return UNKNOWN_LOUDNESS_POINTS;
  return Math.min(1, Math.abs(to.integratedLufs - from.integratedLufs) / 10);
}

/** What it costs to go from one track to the next, part by part; the parts are already weighed. */
export function pairCost(from: TrackFeatures, to: TrackFeatures): PairCost {
  const key = WEIGHTS.key * keyPoints(from, to);
  const tempo = WEIGHTS.tempo * tempoPoints(from, to);
  const energy = WEIGHTS.energy * energyPoints(from, to);
  const loudness = WEIGHTS.loudness * loudnessPoints(from, to);
  return { key, tempo, energy, loudness, total: key + tempo + energy + loudness };
}
