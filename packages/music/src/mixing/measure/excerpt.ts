import { type AutomationPoint, gainAt } from '../automation.ts';
import type { MixPlan, MixPlanTrack } from '../plan-schema.ts';
import { sourceSecondsAt } from '../time-map.ts';

/** A part of a mix as a plan of its own, which begins at 0. */
export interface MixExcerpt {
  readonly plan: MixPlan;
  /** Which track of the whole plan each track of the part is. */
  readonly tracks: readonly number[];
}

/**
 * The seconds `from` to `to` of a mix, to be rendered without the rest of it. It sounds as these seconds of the whole, but is
 * not the same samples: stretcher and limiter begin afresh.
 * @param keep which tracks of the plan; all unless told
 * @returns null when no track is heard there
 */
export function excerptOf(
  plan: MixPlan,
  from: number,
  to: number,
  keep: (index: number) => boolean = () => true,
): MixExcerpt | null {
  const frames = (seconds: number) => Math.round(seconds * plan.sampleRate);
  const first = Math.max(0, frames(from)) / plan.sampleRate;
  const last = Math.min(frames(plan.seconds), frames(to)) / plan.sampleRate;
  const heard = plan.tracks.flatMap((track, index) => {
    const overlaps = frames(track.start) < frames(last) && frames(track.end) > frames(first);
    return overlaps && keep(index) ? [{ track: partOf(track, first, last), index }] : [];
  });
  if (heard.length === 0) return null;
  return {
    plan: { ...plan, seconds: last - first, tracks: heard.map(({ track }) => track), transitions: [] },
    tracks: heard.map(({ index }) => index),
  };
}

function partOf(track: MixPlanTrack, first: number, last: number): MixPlanTrack {
  const start = Math.max(track.start, first);
  const end = Math.min(track.end, last);
  return {
    ...track,
    start: start - first,
    end: end - first,
    cueIn: start === track.start ? track.cueIn : Math.max(0, sourceSecondsAt(track.timeMap, start)),
    cueOut: end === track.end ? track.cueOut : Math.min(track.seconds, sourceSecondsAt(track.timeMap, end)),
    timeMap: track.timeMap.map(({ mix, source }) => ({ mix: mix - first, source })),
    level: automationFrom(track.level, first),
    low: automationFrom(track.low, first),
    mid: automationFrom(track.mid, first),
    high: automationFrom(track.high, first),
  };
}

/** The same gains from a moment on, counted from there. */
function automationFrom(points: readonly AutomationPoint[], first: number): AutomationPoint[] {
  const later = points.filter(({ at }) => at > first).map(({ at, gain }) => ({ at: at - first, gain }));
  return later.length === points.length ? later : [{ at: 0, gain: gainAt(points, first) }, ...later];
}
