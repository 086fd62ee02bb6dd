import type { MixableTrack } from '../mix-track.ts';
import { MixingError } from '../mixing-error.ts';
import { planMix } from '../plan-mix.ts';
import type { MixPlan, MixPlanTrack, MixTransition } from '../plan-schema.ts';
import { sourceSecondsAt } from '../time-map.ts';
import { type JoinWish, MOST_BARS } from '../transitions/join-wish.ts';
import { freeRequest, type MixRequest, planRequest } from './mix-request.ts';

/** Moments that are the same. */
const SAME_SECONDS = 0.002;

/** What a plan was asked for, as far as that can be told from it. */
export interface OpenedPlan {
  readonly request: MixRequest;
  /** Fields in which a plan made anew of this request would differ: what somebody wrote by hand, and what follows from it. */
  readonly lost: readonly string[];
}

/**
 * Finds a request whose plan is this one. Where tracks are joined as they would be anyway, nothing is asked for; else as
 * little as gives the same join.
 * @param tracks those of the plan, in its order
 */
export function openPlan(plan: MixPlan, tracks: readonly MixableTrack[]): OpenedPlan {
  const request = withJoins(plan, requestWithOptions(plan, tracks));
  return { request, lost: differences(plan, planRequest(request)) };
}

function requestWithOptions({ tempo, sampleRate, master }: MixPlan, tracks: readonly MixableTrack[]): MixRequest {
  const options = { tempo, sampleRate, ceilingDb: master.ceilingDb };
  const own = planMix(tracks, options).master.targetLufs;
  return freeRequest(tracks, own === master.targetLufs ? options : { ...options, targetLufs: master.targetLufs });
}

/** Joins are laid one after the other: each is looked at with those before it as they are. */
function withJoins(plan: MixPlan, free: MixRequest): MixRequest {
  const joins = [...free.joins];
  let made = planRequest(free);
  for (let index = 0; index < joins.length; index++) {
    const transition = plan.transitions.find(({ from }) => from === index);
    if (!transition || isSameJoin(plan, transition, made, index)) continue;
    // Tracks behind the join do not change it.
    const upTo = (wish: JoinWish): MixRequest => ({
      ...free,
      tracks: free.tracks.slice(0, index + 2),
      joins: [...joins.slice(0, index), wish],
    });
    const wishes = wishesFor(plan, transition).filter((wish) => isPossible(upTo(wish)));
    const best = wishes.find((wish) => isSameJoin(plan, transition, planRequest(upTo(wish)), index)) ?? wishes[0];
    if (best === undefined) continue;
    const asked = { ...free, joins: joins.with(index, best) };
    if (!isPossible(asked)) continue;
    joins[index] = best;
    made = planRequest(asked);
  }
  return { ...free, joins };
}

/** Ways to ask for a join, the shortest first. */
function wishesFor(plan: MixPlan, { technique, bars, start, from, to }: MixTransition): JoinWish[] {
  const length = bars !== null && Number.isInteger(bars) && bars <= MOST_BARS ? { bars } : {};
  const outSeconds = sourceSecondsAt(plan.tracks[from]!.timeMap, start);
  const inSeconds = plan.tracks[to]!.cueIn;
  return [
    { technique },
    { technique, ...length },
    { technique, ...length, outSeconds },
    { technique, ...length, inSeconds },
    { technique, ...length, outSeconds, inSeconds },
  ];
}

function isPossible(request: MixRequest): boolean {
  try {
    planRequest(request);
    return true;
  } catch (error) {
    if (error instanceof MixingError) return false;
    throw error;
  }
}

function isSameJoin(plan: MixPlan, transition: MixTransition, made: MixPlan, index: number): boolean {
  const other = made.transitions[index]!;
  if (other.technique !== transition.technique || other.bars !== transition.bars) return false;
  const places = (of: MixPlan, { start, end }: MixTransition) => [
    sourceSecondsAt(of.tracks[index]!.timeMap, start),
    sourceSecondsAt(of.tracks[index]!.timeMap, end),
    of.tracks[index + 1]!.cueIn,
  ];
  const there = places(made, other);
  return places(plan, transition).every((seconds, i) => Math.abs(seconds - there[i]!) <= SAME_SECONDS);
}

/** Fields of a track that a render follows; the others tell people. */
const TRACK_FIELDS = [
  ...(['gainDb', 'keyShift', 'start', 'end', 'cueIn', 'cueOut', 'timeMap', 'level', 'low', 'mid', 'high'] as const),
  'effects',
] as const satisfies readonly (keyof MixPlanTrack)[];
const MASTER_FIELDS = ['ceilingDb', 'lookaheadSeconds', 'releaseSeconds', 'lowHz', 'highHz'] as const;

function differences(plan: MixPlan, made: MixPlan): string[] {
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  const inTracks = plan.tracks.flatMap((track, index) => {
    const other = made.tracks[index]!;
    return TRACK_FIELDS.filter((name) => differs(track[name], other[name])).map((name) => `tracks[${index}].${name}`);
  });
  const inMaster = MASTER_FIELDS.filter((name) => differs(plan.master[name], made.master[name]));
  return [...inMaster.map((name) => `master.${name}`), ...inTracks];
}
