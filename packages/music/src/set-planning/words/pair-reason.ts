import { signed } from '../../plans/reason-words.ts';
import { camelotDistance, camelotOf, type Key, tonicOf } from '../../theory/key.ts';
import { tempoStep } from '../../theory/tempo-step.ts';
import { hoursBetween } from '../cost/key-points.ts';
import type { PairCost } from '../cost/pair-cost.ts';
import { BLEND_BARS, BOOST_POINTS, COMFORTABLE_STRETCH, WEIGHTS } from '../cost/weights.data.ts';
import type { SetTrack } from '../set-track.ts';
import { keyName, levelWords } from './numbers.ts';

/** Under this confidence a key is told as unsure. */
const SURE_KEY = 0.5;
/** Points of timbre up to which two tracks sound alike, and from which on they sound different. */
const ALIKE = 0.4;
const DIFFERENT = 0.65;

function keyWords(from: Key, to: Key): string {
  const up = (tonicOf(to) - tonicOf(from) + 12) % 12;
  const steps = camelotDistance(from, to);
  if (steps === 0) return 'the same key';
  if (from.mode === to.mode) {
    if (up === 7) return 'a fifth up';
    if (up === 5) return 'a fifth down';
    if (up === 2) return 'a whole tone up';
    if (up === 10) return 'a whole tone down';
    if (up === 1) return 'a semitone up';
  } else {
    if (up === 0) return 'the same tonic in the other mode';
    if (steps === 1) return 'the relative key';
  }
  return `${steps} steps apart on the wheel`;
}

function keyReason(from: SetTrack, to: SetTrack): string {
  if (from.key === null && to.key === null) return 'neither key known';
  if (from.key === null) return `key not known to ${keyName(to.key)}`;
  if (to.key === null) return `${keyName(from.key)} to a key not known`;
  const rises = from.energyLevel !== null && to.energyLevel !== null && to.energyLevel > from.energyLevel;
  const lifts = rises && from.key.mode === to.key.mode && BOOST_POINTS[hoursBetween(from.key, to.key)] !== undefined;
  const unsure = Math.min(from.keyConfidence, to.keyConfidence) < SURE_KEY ? ' (key unsure)' : '';
  return `${camelotOf(from.key)} to ${camelotOf(to.key)}: ${keyWords(from.key, to.key)}${lifts ? ', an energy boost' : ''}${unsure}`;
}

function tempoReason(from: SetTrack, to: SetTrack): string {
  if (from.bpm === null && to.bpm === null) return 'neither has a tempo';
  if (from.bpm === null) return `no tempo to ${to.bpm!.toFixed(1)} BPM`;
  if (to.bpm === null) return `${from.bpm.toFixed(1)} BPM to no tempo`;
  const { ratio, pulses } = tempoStep(from.bpm, to.bpm);
  const folded = pulses[0] === pulses[1] ? '' : pulses[0] === 2 ? ' at double time' : ' at half time';
  const far = Math.abs(ratio - 1) > COMFORTABLE_STRETCH ? ', too far to match beats' : '';
  const metersDiffer = from.meter !== null && to.meter !== null && from.meter !== to.meter;
  const meters = metersDiffer ? `, ${from.meter}/4 to ${to.meter}/4` : '';
  return `${from.bpm.toFixed(1)} to ${to.bpm.toFixed(1)} BPM${folded}, stretch ${signed(100 * (ratio - 1), 1)} %${far}${meters}`;
}

function loudnessReason(from: SetTrack, to: SetTrack): string {
  if (from.integratedLufs === null || to.integratedLufs === null) return 'loudness not known';
  return `${signed(to.integratedLufs - from.integratedLufs, 1)} LU`;
}

function timbreReason(from: SetTrack, to: SetTrack, points: number): string {
  if (from.embedding === null || to.embedding === null) return 'sound not compared';
  const words =
    points <= ALIKE ? 'they sound alike' : points < DIFFERENT ? 'they sound related' : 'they sound different';
  return `${words} (${points.toFixed(2)} of 1 apart)`;
}

function vocalReason(from: SetTrack, to: SetTrack, points: number): string {
  if (from.outro.vocals === null || to.intro.vocals === null) return 'singing not known';
  return `singing over singing ${Math.round(100 * points)} % likely`;
}

function endsReason(from: SetTrack, to: SetTrack, points: number): string {
  if (from.outro.mixable === null && to.intro.mixable === null) return 'ends not known';
  return `${Math.round((1 - points) * BLEND_BARS)} of ${BLEND_BARS} bars to blend over`;
}

/**
 * Why one track follows another, what matters most first: "8A to 9A: a fifth up; 124.0 to 126.0 BPM, stretch +1.6 %; energy 5 to 6;
 * +0.4 LU; they sound alike (0.31 of 1 apart); singing over singing 4 % likely; 12 of 16 bars to blend over; costs 0.61 points".
 */
export function pairReason(from: SetTrack, to: SetTrack, cost: PairCost): string {
  return [
    keyReason(from, to),
    tempoReason(from, to),
    `energy ${levelWords(from.energyLevel)} to ${levelWords(to.energyLevel)}`,
    loudnessReason(from, to),
    timbreReason(from, to, cost.timbre / WEIGHTS.timbre),
    vocalReason(from, to, cost.vocals / WEIGHTS.vocals),
    endsReason(from, to, cost.ends / WEIGHTS.ends),
    ...(cost.artist > 0 ? [`${from.artist} again`] : []),
    `costs ${cost.total.toFixed(2)} points`,
  ].join('; ');
}
