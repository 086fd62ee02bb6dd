import type { Joint } from '../joint.ts';
import { HALF_WINDOW_SECONDS } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { freeTempo } from '../tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt, speedAt } from '../time-map.ts';
import type { JoinOption } from './join-option.ts';
import { FADE_POINTS, LENGTH_POINTS, UNHEARD_MINUTE_POINTS, USUAL_BARS } from './join-points.data.ts';
import { type JoinSearch, wishedBeat } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { quietMomentPoints } from './quiet-points.ts';

/** The longest fade, and the most of each track that it takes. */
const FADE_SECONDS = 6;
export const FADE_SHARE = 0.15;
/** A fade ends where the outgoing track is quieter than usual by this, if that is within a tenth of it from its end. */
const FADED_LU = 8;
const FADED_SHARE = 0.1;
const LOUD_STEP_SECONDS = 0.25;

/** A stretch of the outgoing track that is faded over, and where the incoming one begins. Source seconds. */
interface Faded {
  readonly from: number;
  readonly to: number;
  readonly cueIn: number;
}

/**
 * The end of one over the beginning of the other, no beats compared.
 * @returns undefined only where it was asked for at a place, or of a length, that the tracks do not have
 */
export function fadeOption(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  why: string,
  search: JoinSearch,
): JoinOption | undefined {
  const place = fadePlace(out, incoming, search);
  if (place === undefined) return undefined;
  const { soundStart } = incoming;
  const bars = search.wish.bars ?? null;
  const unheard = Math.max(0, out.prepared.soundEnd - place.to) + Math.max(0, place.cueIn - soundStart);
  return {
    technique: 'fade',
    bars,
    points:
      FADE_POINTS +
      (UNHEARD_MINUTE_POINTS * unheard) / 60 +
      (bars === null ? 0 : LENGTH_POINTS * Math.abs(Math.log2(bars / USUAL_BARS))) +
      quietMomentPoints(out.prepared, place.from - HALF_WINDOW_SECONDS) +
      quietMomentPoints(incoming, place.cueIn + place.to - place.from + HALF_WINDOW_SECONDS),
    joint: () => fade(out, incoming, place, rate, why),
  };
}

function fadePlace(out: LaidTrack, incoming: PreparedTrack, { wish }: JoinSearch): Faded | undefined {
  const { prepared } = out;
  const { soundStart, soundEnd } = incoming;
  const inBeat = wishedBeat(incoming, wish.inSeconds);
  const cueIn =
    wish.inSeconds === undefined
      ? soundStart
      : Math.max(0, inBeat === undefined ? wish.inSeconds : incoming.grid!.beats[inBeat]!);
  const heard = soundEnd - cueIn;
  const barSeconds = prepared.grid && (prepared.grid.meter * 60) / prepared.track.analysis.tempo.bpm!;
  if (wish.bars !== undefined && (barSeconds === null || wish.bars === 0)) return undefined;
  const wished = wish.bars === undefined ? undefined : wish.bars * barSeconds!;
  if (wish.outSeconds === undefined) {
    const to = Math.max(out.inEnd, lastLoudMoment(prepared));
    const alone = to - out.inEnd;
    const usual = Math.min(FADE_SECONDS, FADE_SHARE * heard, FADE_SHARE * (to - out.cueIn), alone / 2);
    if (wished !== undefined && (wished >= alone || wished >= heard)) return undefined;
    return { from: to - (wished ?? usual), to, cueIn };
  }
  const outBeat = wishedBeat(prepared, wish.outSeconds);
  const from = outBeat === undefined ? wish.outSeconds : prepared.grid!.beats[outBeat]!;
  const left = prepared.track.seconds - from;
  const seconds = wished ?? Math.min(FADE_SECONDS, FADE_SHARE * heard, left);
  if (from <= out.inEnd || seconds > left || seconds >= heard || seconds <= 0) return undefined;
  return { from, to: from + seconds, cueIn };
}

function fade(
  out: LaidTrack,
  incoming: PreparedTrack,
  { from, to, cueIn: entry }: Faded,
  rate: number,
  because: string,
): Joint {
  const end = mixSecondsAt(out.map, to);
  const start = end - (to - from) / speedAt(out.map, end);
  const map = freeTempo(incoming, { mix: start, source: entry }, rate);
  const inEnd = sourceSecondsAt(map, end);
  const cueIn = sourceSecondsAt(map, start);
  return { kind: 'fade', start, end, cueOut: to, cueIn, map, inEnd, glideEnd: inEnd, bassSwap: null, because };
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
