import { clock } from '../plans/reason-words.ts';
import { FADE_SHARE } from './fade.ts';
import type { Joint } from './joint.ts';
import { HALF_WINDOW_SECONDS, type LocalLoudness } from './local-loudness.ts';
import type { PreparedTrack } from './mix-track.ts';
import type { LaidTrack } from './overlap.ts';
import { freeTempo } from './tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt } from './time-map.ts';

/** A cut takes the outgoing track away in this time, so that nothing clicks. */
const CUT_SECONDS = 0.03;
/** A cut leaves at most this share of a track unheard; at its beginning what is very quiet does not count. */
const CUT_UNHEARD_SHARE = 0.25;
const LATEST_ENTRY_SHARE = 0.4;
const CUT_SOLO_SHARE = 0.4;
/** What a cut in the middle of a phrase weighs, in seconds of unheard music. */
const MID_PHRASE_SECONDS = 12;
/** Under its usual loudness by more than this a track is too quiet to be cut from or into: what each LU weighs. */
const CUT_QUIET_LU = 3;
const QUIET_SECONDS_PER_LU = 10;
/** A beginning quieter than usual by this may run under the outgoing track: its beats are not heard against the others. */
const UNDER_LU = 8;
const UNDER_STEP_SECONDS = 0.25;
const SHORTEST_UNDER_SECONDS = 1;

/**
 * The incoming track's downbeat where the outgoing one's next bar would have been. Where the incoming track begins too
 * quietly that is a later downbeat of it, and what is very quiet before runs under the end of the outgoing track.
 */
export function cutOnDownbeat(out: LaidTrack, incoming: PreparedTrack, rate: number, why: string): Joint | undefined {
  const cueOut = cutPlace(out);
  const downbeat = entryPlace(incoming);
  if (cueOut === undefined || downbeat === undefined) return undefined;
  const end = mixSecondsAt(out.map, cueOut);
  const map = freeTempo(incoming, { mix: end, source: downbeat }, rate);
  const most = FADE_SHARE * Math.min(incoming.soundEnd - downbeat, cueOut - out.cueIn, 2 * (cueOut - out.inEnd));
  const under = Math.min(most, secondsUnder(incoming, downbeat));
  const isFade = under >= SHORTEST_UNDER_SECONDS;
  const start = isFade ? mixSecondsAt(map, downbeat - under) : end - CUT_SECONDS;
  const how = isFade
    ? `its quiet beginning runs under the end of the other track, which leaves at ${clock(cueOut)} for its downbeat at ${clock(downbeat)}`
    : `cut on the downbeat at ${clock(cueOut)}`;
  return {
    kind: isFade ? 'fade' : 'cut',
    start,
    end,
    cueOut,
    cueIn: Math.max(0, sourceSecondsAt(map, start)),
    map,
    inEnd: downbeat,
    glideEnd: downbeat,
    bassSwap: null,
    because: `${why}; ${how}`,
  };
}

/** What being cut at a moment weighs for its quietness, in seconds of unheard music. */
function quietSeconds({ loudness }: PreparedTrack, time: number): number {
  if (loudness === null) return 0;
  return QUIET_SECONDS_PER_LU * Math.max(0, loudness.integratedLufs - CUT_QUIET_LU - loudness.at(time));
}

/** The incoming track's downbeat to be cut into: early, and not much quieter than the track is. */
function entryPlace(incoming: PreparedTrack): number | undefined {
  const { grid, soundStart, soundEnd } = incoming;
  let best: { time: number; cost: number } | undefined;
  for (const beat of grid!.barStarts) {
    const time = Math.max(0, grid!.beats[beat]!);
    if (grid!.beats[beat]! < soundStart - 0.05 || time > LATEST_ENTRY_SHARE * soundEnd) continue;
    if (loudSecondsBefore(incoming, time) > CUT_UNHEARD_SHARE * soundEnd) continue;
    const cost = time - soundStart + quietSeconds(incoming, time + HALF_WINDOW_SECONDS);
    if (best === undefined || cost < best.cost) best = { time, cost };
  }
  return best?.time;
}

/** Whether a track is so quiet at a moment that another may be heard over it. */
function isUnder(loudness: LocalLoudness, time: number): boolean {
  return loudness.powerAt(time) < 10 ** ((loudness.integratedLufs - UNDER_LU) / 10);
}

/** Seconds before a moment in which a track is not that quiet. */
function loudSecondsBefore({ loudness, soundStart }: PreparedTrack, time: number): number {
  if (loudness === null) return time - soundStart;
  let seconds = 0;
  for (let at = soundStart; at < time; at += UNDER_STEP_SECONDS) {
    if (!isUnder(loudness, at)) seconds += UNDER_STEP_SECONDS;
  }
  return seconds;
}

/** Seconds before a moment throughout which a track is that quiet. */
function secondsUnder({ loudness, soundStart }: PreparedTrack, time: number): number {
  if (loudness === null) return 0;
  let from = time;
  while (from - UNDER_STEP_SECONDS >= soundStart && isUnder(loudness, from - UNDER_STEP_SECONDS))
    from -= UNDER_STEP_SECONDS;
  return time - from;
}

/** The outgoing track's bar to be cut at: late, at a phrase, and before a fade-out has gone far. */
function cutPlace({ prepared, cueIn, inEnd }: LaidTrack): number | undefined {
  const { grid, soundStart, soundEnd } = prepared;
  const { beats, barStarts, phraseStarts, lastBeat } = grid!;
  const phrases = new Set(phraseStarts);
  let best: { time: number; cost: number } | undefined;
  for (const beat of barStarts) {
    const time = beats[beat]!;
    const unheard = soundEnd - time;
    if (beat > lastBeat || unheard < 0 || unheard > CUT_UNHEARD_SHARE * (soundEnd - soundStart)) continue;
    if (time - inEnd < CUT_SOLO_SHARE * (time - cueIn)) continue;
    const cost =
      unheard + (phrases.has(beat) ? 0 : MID_PHRASE_SECONDS) + quietSeconds(prepared, time - HALF_WINDOW_SECONDS);
    if (best === undefined || cost < best.cost) best = { time, cost };
  }
  return best?.time;
}
