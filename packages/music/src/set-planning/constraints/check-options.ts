import type { CurvePoint } from '../drawn-curve.ts';
import { ENERGY_SHAPES } from '../energy-curve.ts';
import type { SetPlanOptions } from '../set-plan.ts';
import { type SetConstraint, SetPlanningError } from '../set-planning-error.ts';
import type { SetTrack } from '../set-track.ts';

const MAXIMUM_TRACKS = 100_000;
const MAXIMUM_CANDIDATES = 20;
const MAXIMUM_CURVE_POINTS = 1000;
/** BPM */
const SLOWEST = 20;
const FASTEST = 400;

function refuse(message: string, constraint?: SetConstraint): never {
  throw new SetPlanningError(message, constraint);
}

/** @throws SetPlanningError when the tracks or an option by itself are out of range */
export function checkOptions(tracks: readonly SetTrack[], options: SetPlanOptions): void {
  const { seed, candidates = 1, lengthSeconds, energy, tempoRange, tempoPath } = options;
  if (tracks.length < 1 || tracks.length > MAXIMUM_TRACKS)
    refuse(`a set of ${tracks.length} tracks cannot be planned; it takes 1 to ${MAXIMUM_TRACKS}`);
  const ids = new Set<string>();
  for (const { id, seconds } of tracks) {
    if (ids.has(id)) refuse(`two tracks have the id ${JSON.stringify(id)}; each id must be different`);
    ids.add(id);
    if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY))
      refuse(`track ${JSON.stringify(id)} has ${seconds} seconds; a length must be above 0`);
  }
  if (!Number.isSafeInteger(seed)) refuse(`seed is ${seed}; it must be a whole number`);
  if (!Number.isInteger(candidates) || candidates < 1 || candidates > MAXIMUM_CANDIDATES)
    refuse(`candidates is ${candidates}; it must be a whole number between 1 and ${MAXIMUM_CANDIDATES}`);
  if (lengthSeconds !== undefined && !(lengthSeconds > 0 && lengthSeconds < Number.POSITIVE_INFINITY))
    refuse(`lengthSeconds is ${lengthSeconds}; it must be above 0`);
  if (typeof energy === 'string' && !ENERGY_SHAPES.includes(energy))
    refuse(`energy is ${JSON.stringify(energy)}; it must be one of ${ENERGY_SHAPES.join(', ')}, or drawn points`);
  if (typeof energy === 'object') checkCurve('energy', energy, 1, 10);
  if (tempoPath) checkCurve('tempoPath', tempoPath, SLOWEST, FASTEST);
  if (tempoRange) {
    const { lowest, highest } = tempoRange;
    if (!(lowest >= SLOWEST && highest <= FASTEST && lowest <= highest))
      refuse(`tempoRange is ${lowest} to ${highest} BPM; it must go upwards and lie between ${SLOWEST} and ${FASTEST}`);
  }
  checkNames(ids, options);
}

function checkCurve(name: string, points: readonly CurvePoint[], lowest: number, highest: number): void {
  if (points.length < 1 || points.length > MAXIMUM_CURVE_POINTS)
    refuse(`${name} has ${points.length} points; it takes 1 to ${MAXIMUM_CURVE_POINTS}`);
  for (const { at, value } of points) {
    if (!(at >= 0 && at <= 1)) refuse(`${name} has a point at ${at}; places go from 0 to 1`);
    if (!(value >= lowest && value <= highest))
      refuse(`${name} asks for ${value}; it must be between ${lowest} and ${highest}`);
    if (points.filter((point) => point.at === at).length > 1) refuse(`${name} has two points at ${at}`);
  }
}

function checkNames(ids: ReadonlySet<string>, options: SetPlanOptions): void {
  const { firstId, lastId, mustIds = [], notIds = [], orderIds = [], pairIds = [] } = options;
  const named: readonly (readonly [SetConstraint, readonly string[]])[] = [
    ['first', firstId === undefined ? [] : [firstId]],
    ['last', lastId === undefined ? [] : [lastId]],
    ['must', mustIds],
    ['order', orderIds],
    ['pairs', pairIds.flat()],
  ];
  for (const [constraint, wanted] of [...named, ['not', notIds] as const]) {
    for (const id of wanted) if (!ids.has(id)) refuse(`${JSON.stringify(id)} is none of the tracks`, constraint);
  }
  const unwanted = new Set(notIds);
  for (const [constraint, wanted] of named) {
    const both = wanted.find((id) => unwanted.has(id));
    if (both !== undefined) refuse(`${JSON.stringify(both)} is wanted, and "not" keeps it out`, constraint);
  }
  if (new Set(orderIds).size < orderIds.length) refuse('a track stands in the order twice', 'order');
}
