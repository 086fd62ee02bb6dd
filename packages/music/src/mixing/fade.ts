import type { Joint } from './joint.ts';
import { HALF_WINDOW_SECONDS } from './local-loudness.ts';
import type { PreparedTrack } from './mix-track.ts';
import type { LaidTrack } from './overlap.ts';
import { freeTempo } from './tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt, speedAt } from './time-map.ts';

/** The longest fade, and the most of each track that it takes. */
const FADE_SECONDS = 6;
export const FADE_SHARE = 0.15;
/** A fade ends where the outgoing track is quieter than usual by this, if that is within a tenth of it from its end. */
const FADED_LU = 8;
const FADED_SHARE = 0.1;
const LOUD_STEP_SECONDS = 0.25;

/** The end of one over the beginning of the other, no beats compared. */
export function fade(out: LaidTrack, incoming: PreparedTrack, rate: number, why: string): Joint {
  const cueOut = Math.max(out.inEnd, lastLoudMoment(out.prepared));
  const alone = cueOut - out.inEnd;
  const heard = incoming.soundEnd - incoming.soundStart;
  const seconds = Math.min(FADE_SECONDS, FADE_SHARE * heard, FADE_SHARE * (cueOut - out.cueIn), alone / 2);
  const end = mixSecondsAt(out.map, cueOut);
  const start = end - seconds / speedAt(out.map, end);
  const map = freeTempo(incoming, { mix: start, source: incoming.soundStart }, rate);
  const inEnd = sourceSecondsAt(map, end);
  return {
    kind: 'fade',
    start,
    end,
    cueOut,
    cueIn: sourceSecondsAt(map, start),
    map,
    inEnd,
    glideEnd: inEnd,
    bassSwap: null,
    because: why,
  };
}

/** Where a track has faded so far that nothing is lost behind it. */
function lastLoudMoment({ loudness, soundStart, soundEnd }: PreparedTrack): number {
  if (loudness === null) return soundEnd;
  const earliest = soundEnd - FADED_SHARE * (soundEnd - soundStart);
  const floor = loudness.integratedLufs - FADED_LU;
  let time = soundEnd;
  while (time > earliest && loudness.at(time - HALF_WINDOW_SECONDS) < floor) time -= LOUD_STEP_SECONDS;
  return time;
}
