import { type AutomationPoint, gainAt } from '../automation.ts';
import { type Course, type Curve, courseOf, curveAt } from '../effects/effect-curve.ts';
import { CONTROL_FRAMES } from '../effects/effect-players.ts';
import type { MixEffect } from '../effects/effect-schema.ts';
import { effectSpan } from '../effects/effect-span.ts';
import type { MixPlan, MixPlanTrack } from '../plan-schema.ts';
import { sourceSecondsAt } from '../time-map.ts';

/** A part of a mix as a plan of its own, which begins at 0. */
export interface MixExcerpt {
  readonly plan: MixPlan;
  /** So much at its beginning lies before what was asked for: effects that are heard there need what they heard before. */
  readonly leadSeconds: number;
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
  const asked = Math.max(0, frames(from)) / plan.sampleRate;
  const last = Math.min(frames(plan.seconds), frames(to)) / plan.sampleRate;
  const first = withEffects(plan, asked, last);
  const heard = plan.tracks.flatMap((track, index) => {
    const overlaps = frames(track.start) < frames(last) && frames(track.end) > frames(asked);
    return overlaps && keep(index) ? [{ track: partOf(track, first, last), index }] : [];
  });
  if (heard.length === 0) return null;
  return {
    plan: { ...plan, seconds: last - first, tracks: heard.map(({ track }) => track), transitions: [] },
    leadSeconds: asked - first,
    tracks: heard.map(({ index }) => index),
  };
}

/** The moment at which the first of the effects that are heard in a part begins to listen, or the part's own beginning. */
function withEffects({ tracks, sampleRate }: MixPlan, asked: number, last: number): number {
  const spans = tracks.flatMap((track) => track.effects.map((effect) => effectSpan(effect, track, sampleRate)));
  let first = Math.round(asked * sampleRate);
  // What is taken in more may touch further effects.
  for (;;) {
    const heard = spans.filter(({ start, end }) => start < last * sampleRate && end > first);
    const earliest = heard.reduce((least, { listen }) => Math.min(least, listen), first);
    if (earliest >= first) return first / sampleRate;
    // Effects are moved on a grid of frames that is counted from the beginning of what is rendered: it stays where it is.
    first = earliest - (earliest % CONTROL_FRAMES);
  }
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
    effects: track.effects
      .filter((effect) => effect.start < end && effect.end > start)
      .map((effect) => effectFrom(effect, first, end)),
  };
}

/** The same gains from a moment on, counted from there. */
function automationFrom(points: readonly AutomationPoint[], first: number): AutomationPoint[] {
  const later = points.filter(({ at }) => at > first).map(({ at, gain }) => ({ at: at - first, gain }));
  return later.length === points.length ? later : [{ at: 0, gain: gainAt(points, first) }, ...later];
}

/** The same effect counted from a moment that is not after its beginning, and at most up to another. */
function effectFrom(effect: MixEffect, first: number, last: number): MixEffect {
  const moved = Object.entries(effect).map(([name, value]: [string, string | Curve]) => {
    const course = effect.kind === 'roll' ? 'steps' : courseOf(name);
    return [name, typeof value === 'object' ? curveFrom(value, first, course) : value];
  });
  const { start, end } = effect;
  return { ...effect, ...Object.fromEntries(moved), start: start - first, end: Math.min(end, last) - first };
}

function curveFrom(points: Exclude<Curve, number>, first: number, course: Course): Curve {
  const later = points.filter(({ at }) => at > first).map(({ at, value }) => ({ at: at - first, value }));
  return later.length === points.length ? later : [{ at: 0, value: curveAt(points, first, course) }, ...later];
}
