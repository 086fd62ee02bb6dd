import { readPlan, refusal } from '../plans/read-plan.ts';
import { checkEffects } from './effects/check-effects.ts';
import { keyFactor } from './key-shift.ts';
import { FASTEST, MOST_DECKS, SLOWEST } from './mix-limits.ts';
import { MixingError } from './mixing-error.ts';
import { type MixPlan, type MixPlanTrack, mixPlanSchema } from './plan-schema.ts';

const PLAN = 'mix plan';
/** Moments that are the same but for the last digit of a decimal. */
const SAME_SECONDS = 1e-4;

/**
 * Reads a plan that may have been edited by hand.
 * @throws MixingError 'invalid-plan' naming the field, its value and what is allowed
 */
export function parseMixPlan(json: unknown): MixPlan {
  const plan = readPlan(mixPlanSchema, json, PLAN, invalid);
  plan.tracks.forEach((track, index) => {
    checkTrack(track, `tracks[${index}]`, plan);
  });
  checkDecks(plan);
  plan.transitions.forEach((transition, index) => {
    const field = `transitions[${index}]`;
    const last = plan.tracks.length - 1;
    if (transition.from > last) throw refused(`${field}.from`, transition.from, `must be at most ${last}`);
    if (transition.to > last) throw refused(`${field}.to`, transition.to, `must be at most ${last}`);
    if (transition.end < transition.start)
      throw refused(`${field}.end`, transition.end, `must be at least its start, ${transition.start}`);
  });
  return plan;
}

function invalid(message: string): MixingError {
  return new MixingError('invalid-plan', message);
}

function refused(field: string, value: unknown, rule: string): MixingError {
  return invalid(refusal(PLAN, field, value, rule));
}

function checkTrack(track: MixPlanTrack, field: string, plan: MixPlan): void {
  if (track.end > plan.seconds + SAME_SECONDS)
    throw refused(`${field}.end`, track.end, `must be at most the mix's seconds, ${plan.seconds}`);
  if (track.end <= track.start) throw refused(`${field}.end`, track.end, `must be above its start, ${track.start}`);
  if (track.cueOut > track.seconds + SAME_SECONDS)
    throw refused(`${field}.cueOut`, track.cueOut, `must be at most the track's seconds, ${track.seconds}`);
  if (track.cueOut <= track.cueIn)
    throw refused(`${field}.cueOut`, track.cueOut, `must be above its cueIn, ${track.cueIn}`);
  for (const name of ['level', 'low', 'mid', 'high'] as const) {
    track[name].forEach(({ at }, i) => {
      const before = track[name][i - 1];
      if (before && at <= before.at)
        throw refused(`${field}.${name}[${i}].at`, at, `must be above ${before.at}, the point before it`);
    });
  }
  // A track that is moved up is played faster and stretched by so much more.
  const factor = keyFactor(track.keyShift);
  const slowest = SLOWEST * Math.max(1, factor);
  const fastest = FASTEST * Math.min(1, factor);
  for (let i = 1; i < track.timeMap.length; i++) {
    const from = track.timeMap[i - 1]!;
    const to = track.timeMap[i]!;
    const point = `${field}.timeMap[${i}]`;
    if (to.mix <= from.mix) throw refused(`${point}.mix`, to.mix, `must be above ${from.mix}, the point before it`);
    const speed = (to.source - from.source) / (to.mix - from.mix);
    if (!(speed >= slowest && speed <= fastest)) {
      const least = from.source + slowest * (to.mix - from.mix);
      const most = from.source + fastest * (to.mix - from.mix);
      throw refused(
        `${point}.source`,
        to.source,
        `must be between ${least} and ${most}, so that the track plays at ${slowest} to ${fastest} times its speed`,
      );
    }
  }
  checkEffects(track, (name, value, rule) => {
    throw refused(`${field}.${name}`, value, rule);
  });
}

/** No more tracks at once than there are decks. */
function checkDecks({ tracks }: MixPlan): void {
  const edges = tracks.flatMap(({ start, end }, index) => [
    { at: start, change: 1, index },
    { at: end - SAME_SECONDS, change: -1, index },
  ]);
  edges.sort((a, b) => a.at - b.at || a.change - b.change);
  let heard = 0;
  for (const { at, change, index } of edges) {
    heard += change;
    if (heard > MOST_DECKS)
      throw refused(`tracks[${index}].start`, at, `must not be while ${MOST_DECKS} other tracks are heard`);
  }
}
