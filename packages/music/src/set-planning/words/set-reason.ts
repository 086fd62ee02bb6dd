import { signed } from '../../plans/reason-words.ts';
import { camelotDistance } from '../../theory/key.ts';
import { tempoStep } from '../../theory/tempo-step.ts';
import type { SetOrder } from '../set-plan.ts';
import type { Course } from '../set-problem.ts';
import type { SetTrack } from '../set-track.ts';
import { minutesWords } from './numbers.ts';

/** The whole of a set in a sentence, with the numbers that it was chosen by. */
export function setReason(tracks: readonly SetTrack[], set: Omit<SetOrder, 'reason'>, course: Course): string {
  const { wantedSeconds } = course;
  const asked = wantedSeconds === undefined ? '' : ` of the ${minutesWords(wantedSeconds)} asked for`;
  const parts = [
    `${tracks.length} ${tracks.length === 1 ? 'track' : 'tracks'} in ${minutesWords(set.seconds)}${asked}`,
    ...energyWords(tracks, set, course),
    ...tempoWords(tracks),
    ...keyWords(tracks),
  ];
  if (set.pairs.length > 0) {
    const worst = set.pairs.reduce((a, b) => (b.cost.total > a.cost.total ? b : a));
    const at = set.pairs.indexOf(worst) + 1;
    const mean = set.pairs.reduce((sum, { cost }) => sum + cost.total, 0) / set.pairs.length;
    parts.push(
      `a step costs ${mean.toFixed(2)} points on average, the dearest ${worst.cost.total.toFixed(2)} (${at} to ${at + 1})`,
    );
  }
  if (set.difference !== null) parts.push(`${Math.round(100 * set.difference)} % different from the sets before it`);
  return parts.join('; ');
}

function energyWords(
  tracks: readonly SetTrack[],
  { tracks: planned }: Omit<SetOrder, 'reason'>,
  course: Course,
): string[] {
  const known = tracks.flatMap(({ energyLevel }) => (energyLevel === null ? [] : [energyLevel]));
  if (known.length === 0) return ['energy not known'];
  const range = `energy from ${known[0]} over ${Math.max(...known)} to ${known.at(-1)}`;
  if (!course.energy) return [range];
  const misses = tracks.flatMap(({ energyLevel }, i) => {
    const target = planned[i]!.targetEnergy;
    return energyLevel === null || target === null ? [] : [Math.abs(energyLevel - target)];
  });
  const mean = misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
  return [`${range}, off the curve by ${mean.toFixed(1)} levels on average`];
}

function tempoWords(tracks: readonly SetTrack[]): string[] {
  const known = tracks.flatMap(({ bpm }) => (bpm === null ? [] : [bpm]));
  if (known.length === 0) return ['no tempo'];
  const range = `${Math.min(...known).toFixed(1)} to ${Math.max(...known).toFixed(1)} BPM`;
  const stretches = tracks.slice(1).flatMap(({ bpm }, i) => {
    const before = tracks[i]!.bpm;
    return bpm === null || before === null ? [] : [tempoStep(before, bpm).ratio - 1];
  });
  if (stretches.length === 0) return [range];
  const largest = stretches.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return [`${range}, largest stretch ${signed(100 * largest, 1)} %`];
}

function keyWords(tracks: readonly SetTrack[]): string[] {
  const steps = tracks.slice(1).flatMap(({ key }, i) => {
    const before = tracks[i]!.key;
    return key === null || before === null ? [] : [camelotDistance(before, key)];
  });
  if (steps.length === 0) return [];
  const near = steps.filter((step) => step <= 1).length;
  return [`${near} of ${steps.length} known changes of key to the same or a neighbouring key`];
}
