import type { MixPlanTrack } from '../plan-schema.ts';
import type { MixEffect } from './effect-schema.ts';
import { isBehindFader } from './effect-schema.ts';

/** An effect comes in and goes out within this time, or half of it where it is shorter. */
const FADE_SECONDS = 0.01;
/** Filters hear the sound for so long before they are heard, so that they have settled. */
const SETTLING_SECONDS = 0.05;
const SHORTEST_PREROLL_SECONDS = 0.01;

/** Frames of the mix in which an effect runs and is heard. */
export interface EffectSpan {
  /** From here on it listens; it is not heard yet. */
  readonly listen: number;
  readonly start: number;
  /** Where it is heard fully. */
  readonly full: number;
  readonly fade: number;
  /** From here on the sound is as it is again. */
  readonly end: number;
}

/** How long an effect has to have listened when it begins to be heard. */
function prerollSeconds(effect: MixEffect): number {
  switch (effect.kind) {
    case 'roll': {
      const { seconds } = effect;
      const longest = typeof seconds === 'number' ? seconds : Math.max(...seconds.map(({ value }) => value));
      return longest + SHORTEST_PREROLL_SECONDS;
    }
    case 'platter':
      return SHORTEST_PREROLL_SECONDS;
    case 'backspin':
      return (effect.seconds * effect.speed) / 2 + SHORTEST_PREROLL_SECONDS;
    case 'gater':
    case 'echo':
    case 'reverb':
      // The gate's period begins with it; an echo is only of what it was sent.
      return 0;
    default:
      return SETTLING_SECONDS;
  }
}

/** Where an effect of a track runs. One that lasts to the track's end does not go out before: nothing comes after it. */
export function effectSpan(effect: MixEffect, track: MixPlanTrack, sampleRate: number): EffectSpan {
  const frame = (seconds: number) => Math.round(seconds * sampleRate);
  const first = frame(track.start);
  const last = frame(track.end);
  const start = Math.max(first, frame(effect.start));
  const end = Math.min(last, frame(effect.end));
  const fade = Math.min(frame(FADE_SECONDS), (end - start) >> 1);
  const behind = isBehindFader(effect.kind);
  return {
    listen: Math.max(first, start - frame(prerollSeconds(effect))),
    start,
    // An echo begins silent, so it need not come in.
    full: behind || start === first ? start : start + fade,
    fade: !behind && end === last ? end : end - fade,
    end,
  };
}

/** How much of an effect is heard at a frame: 0 for the sound as it is, 1 for the effect. */
export function effectShare({ start, full, fade, end }: EffectSpan, frame: number): number {
  if (frame < start || frame > end) return 0;
  if (frame < full) return (frame - start) / (full - start);
  if (frame > fade) return (end - frame) / (end - fade);
  return 1;
}
