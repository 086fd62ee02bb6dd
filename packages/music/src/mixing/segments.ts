import type { MixPlan } from './plan-schema.ts';

/** The longest run of frames that is mixed at once. */
export const SEGMENT_FRAMES = 1024;

/**
 * The mix cut into segments, in order: every `SEGMENT_FRAMES`, and wherever a track begins or ends or an automation has
 * a point, so that within a segment every gain is one straight line. They depend on the plan alone: a render gives the
 * same samples whatever the size of the blocks it is asked for.
 * @yields first frame and the one past the last
 */
export function* mixSegments(plan: MixPlan): Generator<readonly [from: number, to: number]> {
  const points = pointFrames(plan);
  const end = Math.round(plan.seconds * plan.sampleRate);
  let next = 0;
  for (let from = 0; from < end; ) {
    while (next < points.length && points[next]! <= from) next += 1;
    const regular = from - (from % SEGMENT_FRAMES) + SEGMENT_FRAMES;
    const to = Math.min(end, regular, points[next] ?? end);
    yield [from, to];
    from = to;
  }
}

/** Frames of all that happens in a plan, ascending. */
function pointFrames({ sampleRate, tracks }: MixPlan): Float64Array {
  const seconds = tracks.flatMap(({ start, end, level, low, mid, high }) => [
    start,
    end,
    ...[level, low, mid, high].flatMap((points) => points.map(({ at }) => at)),
  ]);
  return Float64Array.from(seconds, (at) => Math.round(at * sampleRate)).sort();
}
