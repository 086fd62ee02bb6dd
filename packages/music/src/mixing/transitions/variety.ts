import type { JoinOption } from './join-option.ts';
import type { Technique } from './technique.ts';
import {
  AGAIN_POINTS,
  NEARLY_AS_GOOD_POINTS,
  TECHNIQUE_RULES,
  TRICK_AGAIN_POINTS,
  TRICK_MEMORY,
} from './techniques.data.ts';

/**
 * The option to take after others: the best one, unless its technique was used just before and another is nearly as good.
 * @param options best first, at least one
 * @param before techniques of the transitions before, in order
 */
export function chooseForVariety(options: readonly JoinOption[], before: readonly Technique[]): JoinOption {
  const [best] = options;
  const near = options.filter(({ points }) => points <= best!.points + NEARLY_AS_GOOD_POINTS);
  const withRepeats = (option: JoinOption) => option.points + repeatPoints(option.technique, before);
  return near.reduce((a, b) => (withRepeats(b) < withRepeats(a) ? b : a));
}

function repeatPoints(technique: Technique, before: readonly Technique[]): number {
  if (TECHNIQUE_RULES[technique].isTrick) {
    return TRICK_AGAIN_POINTS * before.slice(-TRICK_MEMORY).filter((used) => used === technique).length;
  }
  const other = before.findLastIndex((used) => used !== technique);
  return AGAIN_POINTS * (before.length - 1 - other);
}
