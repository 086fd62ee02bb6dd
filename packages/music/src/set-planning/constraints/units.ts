import type { SetPlanOptions } from '../set-plan.ts';
import { type SetConstraint, SetPlanningError } from '../set-planning-error.ts';
import type { SetTrack } from '../set-track.ts';
import { requiredIds } from './required-ids.ts';

/** Tracks as the search moves them: those of fixed pairs as one. Tracks and units are numbers. */
export interface Units {
  /** The tracks of each unit, in the order in which they follow each other. */
  readonly tracks: readonly (readonly number[])[];
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** 1 for each unit that must be in the set. */
  readonly required: Uint8Array;
  /** The unit that must come earlier, for each; -1 for none. */
  readonly earlier: Int32Array;
}

/**
 * Turns the constraints into units.
 * @throws SetPlanningError naming the constraint when they contradict each other
 */
export function unitsOf(tracks: readonly SetTrack[], options: SetPlanOptions): Units {
  const numbers = new Map(tracks.map(({ id }, number) => [id, number]));
  const numberOf = (id: string) => numbers.get(id)!;
  const { firstId, lastId, lengthSeconds, orderIds = [], pairIds = [] } = options;
  const say = (number: number) => `"${tracks[number]!.title}"`;
  const chains = chainPairs(
    pairIds.map(([from, to]) => [numberOf(from), numberOf(to)]),
    say,
  );
  const unitOf = new Int32Array(tracks.length);
  chains.starts(tracks.length).forEach((start, unit) => {
    for (const track of chains.from(start)) unitOf[track] = unit;
  });
  const members = chains.starts(tracks.length).map((start) => chains.from(start));
  const required = new Uint8Array(members.length).fill(lengthSeconds === undefined ? 1 : 0);
  for (const id of requiredIds(options).keys()) required[unitOf[numberOf(id)]!] = 1;
  const first = firstId === undefined ? undefined : unitOf[numberOf(firstId)]!;
  const last = lastId === undefined ? undefined : unitOf[numberOf(lastId)]!;
  const refuse = (message: string, constraint: SetConstraint): never => {
    throw new SetPlanningError(message, constraint);
  };
  if (first !== undefined && members[first]![0] !== numberOf(firstId!))
    refuse(`${say(numberOf(firstId!))} cannot open: "pairs" puts ${say(members[first]![0]!)} before it`, 'first');
  if (last !== undefined && members[last]!.at(-1) !== numberOf(lastId!))
    refuse(`${say(numberOf(lastId!))} cannot end: "pairs" puts ${say(members[last]!.at(-1)!)} after it`, 'last');
  if (first !== undefined && first === last) {
    const other = required.findIndex((own, unit) => own === 1 && unit !== first);
    if (other >= 0)
      refuse(
        `with the first and the last track joined as they are there is no place for ${say(members[other]![0]!)}`,
        'last',
      );
  }
  const earlier = orderUnits(orderIds.map(numberOf), members, unitOf, first, last, say);
  return { tracks: members, first, last, required, earlier };
}

/** Joins pairs that share a track to chains. */
function chainPairs(pairs: readonly (readonly [number, number])[], say: (track: number) => string) {
  const after = new Map<number, number>();
  const before = new Map<number, number>();
  const refuse = (message: string): never => {
    throw new SetPlanningError(message, 'pairs');
  };
  for (const [from, to] of pairs) {
    if (from === to) refuse(`${say(from)} cannot follow itself`);
    if (after.has(from) && after.get(from) !== to)
      refuse(`both ${say(after.get(from)!)} and ${say(to)} are to follow ${say(from)}`);
    if (before.has(to) && before.get(to) !== from)
      refuse(`${say(to)} is to follow both ${say(before.get(to)!)} and ${say(from)}`);
    after.set(from, to);
    before.set(to, from);
  }
  for (const start of after.keys()) {
    let at = after.get(start);
    while (at !== undefined && at !== start) at = after.get(at);
    if (at === start) refuse(`${say(start)} would have to follow itself around a circle`);
  }
  const from = (start: number): number[] => {
    const chain = [start];
    for (let next = after.get(start); next !== undefined; next = after.get(next)) chain.push(next);
    return chain;
  };
  const starts = (count: number) =>
    Array.from({ length: count }, (_, track) => track).filter((track) => !before.has(track));
  return { from, starts };
}

/** What has to come earlier, from the tracks in their order. */
function orderUnits(
  order: readonly number[],
  members: readonly (readonly number[])[],
  unitOf: Int32Array,
  first: number | undefined,
  last: number | undefined,
  say: (track: number) => string,
): Int32Array {
  const earlier = new Int32Array(members.length).fill(-1);
  const refuse = (message: string): never => {
    throw new SetPlanningError(message, 'order');
  };
  const met = new Set<number>();
  order.forEach((track, i) => {
    const unit = unitOf[track]!;
    const previous = i > 0 ? order[i - 1]! : -1;
    if (previous >= 0 && unitOf[previous] === unit) {
      if (members[unit]!.indexOf(previous) > members[unit]!.indexOf(track))
        refuse(`${say(previous)} is to come before ${say(track)}, and "pairs" has them the other way round`);
      return;
    }
    if (met.has(unit)) refuse(`what "pairs" joins with ${say(track)} leaves no place for ${say(previous)} before it`);
    if (previous >= 0 && unit === first)
      refuse(`${say(previous)} is to come before ${say(track)}, which is to open the set`);
    if (previous >= 0 && unitOf[previous] === last)
      refuse(`${say(track)} is to come after ${say(previous)}, which is to end the set`);
    if (previous >= 0) earlier[unit] = unitOf[previous]!;
    met.add(unit);
  });
  return earlier;
}
