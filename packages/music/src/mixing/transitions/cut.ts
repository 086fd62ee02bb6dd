import { clock } from '../../plans/reason-words.ts';
import { HALF_WINDOW_SECONDS, type LocalLoudness } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { freeTempo } from '../tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt } from '../time-map.ts';
import { FADE_SHARE } from './fade.ts';
import type { JoinOption } from './join-option.ts';
import { CUT_POINTS, MID_PHRASE_CUT_POINTS, UNHEARD_MINUTE_POINTS } from './join-points.data.ts';
import { type JoinSearch, wishedBeat } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { quietMomentPoints } from './quiet-points.ts';

/** A cut takes the outgoing track away in this time, so that nothing clicks. */
const CUT_SECONDS = 0.03;
/** At the beginning of a track what is very quiet does not count as unheard. */
const LATEST_ENTRY_SHARE = 0.4;
const CUT_SOLO_SHARE = 0.4;
/** A beginning quieter than usual by this may run under the outgoing track: its beats are not heard against the others. */
const UNDER_LU = 8;
const UNDER_STEP_SECONDS = 0.25;
const SHORTEST_UNDER_SECONDS = 1;

/** A moment of a track, in its own seconds, with what it costs to change tracks there. */
interface CutPlace {
  readonly time: number;
  readonly points: number;
}

/**
 * The incoming track's downbeat where the outgoing one's next bar would have been. Where the incoming track begins too
 * quietly that is a later downbeat of it, and what is very quiet before runs under the end of the outgoing track.
 */
export function cutOption(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  why: string,
  search: JoinSearch,
): JoinOption | undefined {
  const leave = leavePlace(out, search);
  const entry = entryPlace(incoming, search);
  if (leave === undefined || entry === undefined) return undefined;
  const end = mixSecondsAt(out.map, leave.time);
  const map = freeTempo(incoming, { mix: end, source: entry.time }, rate);
  const most =
    FADE_SHARE * Math.min(incoming.soundEnd - entry.time, leave.time - out.cueIn, 2 * (leave.time - out.inEnd));
  const isAsked = search.wish.inSeconds !== undefined || search.wish.technique === 'cut' || search.wish.bars === 0;
  const under = isAsked ? 0 : Math.min(most, secondsUnder(incoming, entry.time));
  const isFade = under >= SHORTEST_UNDER_SECONDS;
  const start = isFade ? mixSecondsAt(map, entry.time - under) : end - CUT_SECONDS;
  const how = isFade
    ? `its quiet beginning runs under the end of the other track, which leaves at ${clock(leave.time)} for its downbeat at ${clock(entry.time)}`
    : `cut on the downbeat at ${clock(leave.time)}`;
  return {
    technique: isFade ? 'fade' : 'cut',
    bars: isFade ? null : 0,
    points: CUT_POINTS + leave.points + entry.points,
    joint: () => ({
      kind: isFade ? 'fade' : 'cut',
      start,
      end,
      cueOut: leave.time,
      cueIn: Math.max(0, sourceSecondsAt(map, start)),
      map,
      inEnd: entry.time,
      glideEnd: entry.time,
      bassSwap: null,
      because: why === '' ? how : `${why}; ${how}`,
    }),
  };
}

/** The incoming track's downbeat to be cut into: early, and not much quieter than the track is. */
function entryPlace(incoming: PreparedTrack, { wish, limits }: JoinSearch): CutPlace | undefined {
  const { grid, soundStart, soundEnd } = incoming;
  const wished = wishedBeat(incoming, wish.inSeconds);
  let best: (CutPlace & { readonly cost: number }) | undefined;
  for (const beat of wished === undefined ? grid!.barStarts : [wished]) {
    const time = Math.max(0, grid!.beats[beat]!);
    if (wished === undefined) {
      if (grid!.beats[beat]! < soundStart - 0.05 || time > LATEST_ENTRY_SHARE * soundEnd) continue;
      if (loudSecondsBefore(incoming, time) > limits.unheardShare * soundEnd) continue;
    } else if (time >= soundEnd) continue;
    const quiet = quietMomentPoints(incoming, time + HALF_WINDOW_SECONDS);
    const cost = (UNHEARD_MINUTE_POINTS * Math.max(0, time - soundStart)) / 60 + quiet;
    if (best !== undefined && cost >= best.cost) continue;
    // Early is better; but of what comes before, only what is loud is missed.
    best = { time, cost, points: (UNHEARD_MINUTE_POINTS * loudSecondsBefore(incoming, time)) / 60 + quiet };
  }
  return best;
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
function leavePlace({ prepared, cueIn, inEnd }: LaidTrack, { wish, limits }: JoinSearch): CutPlace | undefined {
  const { grid, soundStart, soundEnd } = prepared;
  const { beats, barStarts, phraseStarts, lastBeat } = grid!;
  const phrases = new Set(phraseStarts);
  const wished = wishedBeat(prepared, wish.outSeconds);
  let best: CutPlace | undefined;
  for (const beat of wished === undefined ? barStarts : [wished]) {
    const time = beats[beat]!;
    const unheard = soundEnd - time;
    if (wished === undefined) {
      if (beat > lastBeat || unheard < 0 || unheard > limits.unheardShare * (soundEnd - soundStart)) continue;
      if (time - inEnd < CUT_SOLO_SHARE * (time - cueIn)) continue;
    } else if (time <= inEnd + CUT_SECONDS || time > prepared.track.seconds) continue;
    const points =
      (UNHEARD_MINUTE_POINTS * Math.max(0, unheard)) / 60 +
      (phrases.has(beat) ? 0 : MID_PHRASE_CUT_POINTS) +
      quietMomentPoints(prepared, time - HALF_WINDOW_SECONDS);
    if (best === undefined || points < best.points) best = { time, points };
  }
  return best;
}
