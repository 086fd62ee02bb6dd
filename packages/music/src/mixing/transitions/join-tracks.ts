import type { Joint } from '../joint.ts';
import { transitionReason } from '../mix-reasons.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { MixingError } from '../mixing-error.ts';
import { costWords, type JoinOption, scoreOf, sumOf } from './join-option.ts';
import { joinOptions } from './join-options.ts';
import { WIDE_POINTS } from './join-points.data.ts';
import { earliestOut, type JoinLimits, USUAL_LIMITS, WIDE_LIMITS } from './join-search.ts';
import type { JoinWish } from './join-wish.ts';
import type { LaidTrack } from './laid-track.ts';
import type { Technique } from './technique.ts';
import { REMEMBERED_TRANSITIONS } from './techniques.data.ts';
import { chooseForVariety, timesUsed } from './variety.ts';
import { wishWords } from './wish-words.ts';

/** Other ways that are told beside the one that was chosen: in all, and of one technique. */
const MOST_ALTERNATIVES = 5;
const MOST_OF_A_TECHNIQUE = 2;

/** A way of joining two tracks that was not chosen. */
export interface JoinAlternative {
  readonly technique: Technique;
  readonly bars: number | null;
  /** Mix seconds. */
  readonly start: number;
  /** 0 to 1 */
  readonly score: number;
  readonly reason: string;
}

/** The way in which two tracks are joined, and how good it is. */
export interface Join {
  readonly technique: Technique;
  readonly bars: number | null;
  readonly joint: Joint;
  /** 0 to 1 */
  readonly score: number;
  readonly reason: string;
  /** Best first. */
  readonly alternatives: readonly JoinAlternative[];
}

/** What is asked of a join, and what came before it. */
export interface JoinRequest {
  readonly wish: JoinWish;
  /** Which transition it is, for refusals. */
  readonly index: number;
  /** The joins before it, in order. */
  readonly before: readonly Join[];
}

/**
 * Joins a track to the one before it in the best way there is, for variety in one that is nearly as good, or in the best of those
 * that were asked for.
 * @throws MixingError 'invalid-option' when a wish cannot be met: which, why, and what would be possible
 */
export function joinTracks(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  { wish, index, before }: JoinRequest,
): Join {
  const usual = joinOptions(out, incoming, rate, { wish: {}, limits: USUAL_LIMITS });
  const used = before.map(({ technique }) => technique);
  const isAsked = Object.values(wish).some((value) => value !== undefined);
  const chosen = isAsked ? wished(out, incoming, rate, wish, index) : chooseForVariety(usual, used);
  const joint = chosen.joint();
  const notes = [
    costWords(chosen.costs),
    ...wishWords(out.prepared, incoming, wish),
    ...(isAsked ? [] : varietyWords(usual[0]!, chosen, used)),
  ];
  return {
    technique: chosen.technique,
    bars: chosen.bars,
    joint,
    score: scoreOf(chosen.points),
    reason: [transitionReason(out.prepared, incoming, joint), ...notes].join('; '),
    alternatives: alternatives(usual, chosen).map((option) => {
      const other = option.joint();
      return {
        technique: option.technique,
        bars: option.bars,
        start: other.span.start,
        score: scoreOf(option.points),
        reason: `${transitionReason(out.prepared, incoming, other)}; ${costWords(option.costs)}`,
      };
    }),
  };
}

function varietyWords(best: JoinOption, chosen: JoinOption, before: readonly Technique[]): string[] {
  if (chosen.points <= best.points) return [];
  const bars = best.bars === null || best.bars === 0 ? '' : ` of ${best.bars} bars`;
  const used = `${timesUsed(best.technique, before)} of the last ${Math.min(before.length, REMEMBERED_TRANSITIONS)}`;
  return [
    `for variety instead of ${best.technique}${bars}, which scores ${scoreOf(best.points).toFixed(2)} and was used in ${used} transitions`,
  ];
}

function alternatives(options: readonly JoinOption[], chosen: JoinOption): JoinOption[] {
  const counts = new Map<Technique, number>();
  const others = options.filter(({ technique, bars }) => {
    if (technique === chosen.technique && bars === chosen.bars) return false;
    const count = (counts.get(technique) ?? 0) + 1;
    counts.set(technique, count);
    return count <= MOST_OF_A_TECHNIQUE;
  });
  return others.slice(0, MOST_ALTERNATIVES);
}

function wished(out: LaidTrack, incoming: PreparedTrack, rate: number, wish: JoinWish, index: number): JoinOption {
  requirePlaces(out, incoming, wish, index);
  const fitting = (asked: JoinWish, limits: JoinLimits) =>
    joinOptions(out, incoming, rate, { wish: asked, limits }).filter(
      ({ technique, bars }) =>
        (asked.technique === undefined || technique === asked.technique) &&
        (asked.bars === undefined || bars === asked.bars),
    );
  const wide = fitting(wish, WIDE_LIMITS).map((option): JoinOption => {
    const costs = { ...option.costs, 'more of a track than usual': WIDE_POINTS };
    return { ...option, costs, points: sumOf(costs) };
  });
  const [found] = [...fitting(wish, USUAL_LIMITS), ...wide].sort((a, b) => a.points - b.points);
  if (found) return found;
  const { outSeconds, inSeconds } = wish;
  const places = { ...(outSeconds !== undefined && { outSeconds }), ...(inSeconds !== undefined && { inSeconds }) };
  const there = fitting(places, WIDE_LIMITS);
  const anywhere = there.length > 0 ? there : fitting({}, USUAL_LIMITS);
  const where = there.length > 0 && Object.keys(places).length > 0 ? ' there' : '';
  throw new MixingError(
    'invalid-option',
    `joins[${index}] is ${JSON.stringify(wish)}, and "${out.prepared.track.title}" and "${incoming.track.title}" cannot be joined like that; possible${where}: ${possible(anywhere)}`,
  );
}

/** "bass-swap of 4, 8, 16 bars; cut; fade" */
function possible(options: readonly JoinOption[]): string {
  const lengths = new Map<Technique, number[]>();
  for (const { technique, bars } of options) lengths.set(technique, [...(lengths.get(technique) ?? []), bars ?? 0]);
  return [...lengths]
    .map(([technique, bars]) => {
      const known = [...new Set(bars)].filter((length) => length > 0).sort((a, b) => a - b);
      return known.length === 0 ? technique : `${technique} of ${known.join(', ')} bars`;
    })
    .join('; ');
}

/** Refuses moments at which the tracks do not stand alone or do not sound. */
function requirePlaces(out: LaidTrack, incoming: PreparedTrack, wish: JoinWish, index: number): void {
  const check = (field: 'outSeconds' | 'inSeconds', title: string, from: number, to: number) => {
    const value = wish[field];
    if (value === undefined || (value > from && value < to) || (field === 'inSeconds' && value === from)) return;
    throw new MixingError(
      'invalid-option',
      `joins[${index}].${field} is ${value}; of "${title}" it must be between ${from.toFixed(3)} and ${to.toFixed(3)}`,
    );
  };
  const { prepared } = out;
  check('outSeconds', prepared.track.title, earliestOut(out, WIDE_LIMITS), prepared.soundEnd);
  check('inSeconds', incoming.track.title, 0, incoming.soundEnd);
}
