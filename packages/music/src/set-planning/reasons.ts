import { camelotDistance, camelotOf, type Key, tonicOf } from '../theory/key.ts';
import { tempoStep } from '../theory/tempo-step.ts';
import type { TrackFeatures } from './features.ts';
import type { EnergyShape } from './set-plan.ts';

/** Under this confidence a key is told as unsure. */
const SURE_KEY = 0.5;

function keyWords(from: Key, to: Key): string {
  const up = (tonicOf(to) - tonicOf(from) + 12) % 12;
  const steps = camelotDistance(from, to);
  if (steps === 0) return 'the same key';
  if (from.mode === to.mode) {
    if (up === 7) return 'a fifth up';
    if (up === 5) return 'a fifth down';
    if (up === 2) return 'a whole tone up';
    if (up === 10) return 'a whole tone down';
  } else {
    if (up === 0) return 'the same tonic in the other mode';
    if (steps === 1) return 'the relative key';
  }
  return `${steps} steps apart on the wheel`;
}

function keyReason(from: TrackFeatures, to: TrackFeatures): string {
  if (from.key === null && to.key === null) return 'neither key known';
  if (from.key === null) return `key not known to ${camelotOf(to.key!)}`;
  if (to.key === null) return `${camelotOf(from.key)} to a key not known`;
  const unsure = Math.min(from.keyConfidence, to.keyConfidence) < SURE_KEY ? ' (key unsure)' : '';
  return `${camelotOf(from.key)} to ${camelotOf(to.key)}: ${keyWords(from.key, to.key)}${unsure}`;
}

/** A signed number with a true minus: "+1.6", "−2.0". */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? '−' : '+'}${text}`;
}

function tempoReason(from: TrackFeatures, to: TrackFeatures): string {
  if (from.bpm === null && to.bpm === null) return 'neither has a tempo';
  if (from.bpm === null) return `no tempo to ${to.bpm!.toFixed(1)} BPM`;
  if (to.bpm === null) return `${from.bpm.toFixed(1)} BPM to no tempo`;
  const { ratio, pulses } = tempoStep(from.bpm, to.bpm);
  const folded = pulses[0] === pulses[1] ? '' : pulses[0] === 2 ? ' at double time' : ' at half time';
  const metersDiffer = from.meter !== null && to.meter !== null && from.meter !== to.meter;
  const meters = metersDiffer ? `, ${from.meter}/4 to ${to.meter}/4` : '';
  return `${from.bpm.toFixed(1)} to ${to.bpm.toFixed(1)} BPM${folded}, stretch ${signed(100 * (ratio - 1), 1)} %${meters}`;
}

function energyReason(from: TrackFeatures, to: TrackFeatures): string {
  return `energy ${levelText(from.energyLevel)} to ${levelText(to.energyLevel)}`;
}

function levelText(level: number | null): string {
  if (level === null) return 'not known';
  return Number.isInteger(level) ? `${level}` : level.toFixed(1);
}

function loudnessReason(from: TrackFeatures, to: TrackFeatures): string {
  if (from.integratedLufs === null || to.integratedLufs === null) return 'loudness not known';
  return `${signed(to.integratedLufs - from.integratedLufs, 1)} LU`;
}

/** Why one track follows another: "8A to 9A: a fifth up; 124.0 to 126.0 BPM, stretch +1.6 %; energy 5 to 6; +0.4 LU". */
export function pairReason(from: TrackFeatures, to: TrackFeatures): string {
  return [keyReason, tempoReason, energyReason, loudnessReason].map((part) => part(from, to)).join('; ');
}

/** Why a track has its place: what the curve asks for there and what the track has. */
export function placeReason(
  track: TrackFeatures,
  shape: EnergyShape | undefined,
  target: number | null,
  opens: boolean,
): string {
  const opening = opens ? 'chosen to open; ' : '';
  const level = `energy ${levelText(track.energyLevel)}`;
  if (shape === undefined) return `${opening}${level}, no energy curve asked for`;
  if (target === null) return `${opening}${level}, no track's energy is known`;
  return `${opening}${level} where ${shape} asks for ${target.toFixed(1)}`;
}
