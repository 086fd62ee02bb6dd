import type { JoinOption } from './join-option.ts';
import type { Technique } from './technique.ts';
import { AGAIN_POINTS, NEARLY_AS_GOOD_POINTS, REMEMBERED_TRANSITIONS, TECHNIQUE_RULES } from './techniques.data.ts';

/**
 * The option to take after others: the best one, unless its technique was used shortly before and another is nearly as good.
 * @param options best first, at least one
 * @param before techniques of the transitions before, in order
 */
export function chooseForVariety(options: readonly JoinOption[], before: readonly Technique[]): JoinOption {
  const [best] = options;
  const near = options.filter(({ points }) => points <= best!.points + NEARLY_AS_GOOD_POINTS);
  const withRepeats = (option: JoinOption) => option.points + repeatPoints(option.technique, before);
  return near.reduce((a, b) => (withRepeats(b) < withRepeats(a) ? b : a));
}

/** How often a technique was used in the transitions that are remembered. */
export function timesUsed(technique: Technique, before: readonly Technique[]): number {
  return before.slice(-REMEMBERED_TRANSITIONS).filter((used) => used === technique).length;
}

function repeatPoints(technique: Technique, before: readonly Technique[]): number {
  const { isTrick } = TECHNIQUE_RULES[technique];
  return before
    .slice(-REMEMBERED_TRANSITIONS)
    .reverse()
    .reduce((points, used, ago) => {
      const weight = isTrick ? 1 : 1 - ago / REMEMBERED_TRANSITIONS;
      return used === technique ? points + weight * AGAIN_POINTS : points;
    }, 0);
}
