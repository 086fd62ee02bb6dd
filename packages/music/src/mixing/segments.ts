import type { Curve } from './effects/effect-curve.ts';
import { CONTROL_FRAMES } from './effects/effect-players.ts';
import { type EffectSpan, effectSpan } from './effects/effect-span.ts';
import type { MixPlan } from './plan-schema.ts';

/** The longest run of frames that is mixed at once. */
export const SEGMENT_FRAMES = 1024;

/**
 * How a mix is cut into segments: every `SEGMENT_FRAMES`, every `CONTROL_FRAMES` while there are effects, and wherever a track or
 * an effect begins or ends or an automation has a point, so that within a segment every gain is one straight line. They depend
 * on the plan alone: a render gives the same samples whatever the size of the blocks it is asked for.
 * @returns gives the frames at which the segments from `first` on, where one begins, to `last` end
 */
export function mixSegments(plan: MixPlan): (first: number, last: number) => Generator<number, void, undefined> {
  const spans = effectSpans(plan);
  const points = pointFrames(plan, spans);
  return function* (first, last) {
    let next = 0;
    let nextSpan = 0;
    let effectsEnd = 0;
    for (let from = first; from < last; ) {
      while (next < points.length && points[next]! <= from) next += 1;
      for (; nextSpan < spans.length && spans[nextSpan]!.listen <= from; nextSpan++)
        effectsEnd = Math.max(effectsEnd, spans[nextSpan]!.end);
      const step = from < effectsEnd ? CONTROL_FRAMES : SEGMENT_FRAMES;
      const regular = from - (from % step) + step;
      from = Math.min(last, regular, points[next] ?? last);
      yield from;
    }
  };
}

/** The spans of all effects, in the order in which they begin. */
function effectSpans({ sampleRate, tracks }: MixPlan): EffectSpan[] {
  return tracks
    .flatMap((track) => track.effects.map((effect) => effectSpan(effect, track, sampleRate)))
    .sort((a, b) => a.listen - b.listen);
}

/** Frames of all that happens in a plan, ascending. */
function pointFrames({ sampleRate, tracks }: MixPlan, spans: readonly EffectSpan[]): Float64Array {
  const seconds = tracks.flatMap(({ start, end, level, low, mid, high, effects }) => [
    start,
    end,
    ...[level, low, mid, high].flatMap((points) => points.map(({ at }) => at)),
    ...effects.flatMap((effect) => Object.values(effect).flatMap(momentsOf)),
  ]);
  const frames = [
    ...seconds.map((at) => Math.round(at * sampleRate)),
    ...spans.flatMap(({ listen, start, full, fade, end }) => [listen, start, full, fade, end]),
  ];
  return Float64Array.from(frames).sort();
}

/** Where a parameter of an effect has points. */
function momentsOf(parameter: string | Curve): number[] {
  return typeof parameter === 'object' ? parameter.map(({ at }) => at) : [];
}
