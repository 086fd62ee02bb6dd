import { HALF_WINDOW_SECONDS, type LocalLoudness } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { MID_PHRASE_CUT_POINTS, UNHEARD_MINUTE_POINTS } from './join-points.data.ts';
import { type JoinSearch, wishedBeat } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { singingAt, singingThrough } from './pair-facts.ts';
import { isOnPhraseBorder } from './phrase-borders.ts';
import { quietMomentPoints } from './quiet-points.ts';
import { CUT_VOICE_POINTS, type TechniqueRules } from './techniques.data.ts';

/** A handover takes the outgoing track away in this time, so that nothing clicks. */
export const CUT_SECONDS = 0.03;
/** At the beginning of a track what is very quiet counts half where it is not heard; but half of a track is not left out. */
const QUIET_MISSED_SHARE = 0.5;
const LATEST_ENTRY_SHARE = 0.4;
const CUT_SOLO_SHARE = 0.4;
/** A beginning quieter than usual by this may run under the outgoing track: its beats are not heard against the others. */
const UNDER_LU = 8;
const UNDER_STEP_SECONDS = 0.25;
const SHORTEST_UNDER_SECONDS = 1;

/** A moment of a track, in its own seconds, with what it costs to change tracks there, in points. */
export interface HandoverPlace {
  readonly time: number;
  readonly unheard: number;
  readonly phrase: number;
  readonly quiet: number;
  readonly voice: number;
}

const pointsOf = ({ unheard, phrase, quiet, voice }: HandoverPlace) => unheard + phrase + quiet + voice;

function cheapest(places: readonly HandoverPlace[]): HandoverPlace | undefined {
  return places.length === 0 ? undefined : places.reduce((a, b) => (pointsOf(b) < pointsOf(a) ? b : a));
}

/**
 * The incoming track's downbeat to begin with: early, at a phrase, and not much quieter than the track is.
 * @param isAfterQuiet only one that a very quiet beginning leads to
 */
export function entryPlace(
  incoming: PreparedTrack,
  { wish, limits }: JoinSearch,
  isAfterQuiet = false,
): HandoverPlace | undefined {
  const { grid, soundStart, soundEnd } = incoming;
  const { beats, barStarts, phraseStarts } = grid!;
  const phrases = new Set(phraseStarts);
  const wished = wishedBeat(incoming, wish.inSeconds);
  const candidates = wished === undefined ? barStarts : [wished];
  const loudSeconds = loudSecondsOf(incoming);
  const places = candidates.flatMap((beat) => {
    const time = Math.max(0, beats[beat]!);
    if (wished === undefined) {
      if (beats[beat]! < soundStart - 0.05 || time > LATEST_ENTRY_SHARE * soundEnd) return [];
    } else if (time >= soundEnd) return [];
    const missed = loudSeconds(time);
    if (wished === undefined && missed > limits.unheardShare * soundEnd) return [];
    if (isAfterQuiet && secondsUnder(incoming, time) < SHORTEST_UNDER_SECONDS) return [];
    const place = {
      time,
      unheard: (UNHEARD_MINUTE_POINTS * (isAfterQuiet ? missed : Math.max(0, time - soundStart))) / 60,
      // Where a quiet beginning ends is a border of its own.
      phrase: isAfterQuiet || phrases.has(beat) || isOnPhraseBorder(incoming, time) ? 0 : MID_PHRASE_CUT_POINTS,
      quiet: quietMomentPoints(incoming, time + HALF_WINDOW_SECONDS),
      voice: CUT_VOICE_POINTS * singingThrough(incoming, time),
    };
    return [{ place, missed }];
  });
  const chosen = cheapest(places.map(({ place }) => place));
  const found = places.find(({ place }) => place === chosen);
  if (found === undefined) return undefined;
  // Early is better; but of what comes before, what is very quiet is missed half as much, and not at all where it is heard under.
  const quiet = isAfterQuiet ? 0 : Math.max(0, found.place.time - soundStart - found.missed);
  return { ...found.place, unheard: (UNHEARD_MINUTE_POINTS * (found.missed + QUIET_MISSED_SHARE * quiet)) / 60 };
}

/**
 * The outgoing track's bar to leave at: late, at a phrase, before a fade-out has gone far, and not while somebody sings.
 * @param tailSeconds how long the track rings on after it has left, by the length of a beat
 */
export function leavePlace(
  out: LaidTrack,
  { wish, limits }: JoinSearch,
  { leadBars, vocals }: TechniqueRules,
  bars = leadBars,
  tailSeconds: (beatSeconds: number) => number = () => 0,
): HandoverPlace | undefined {
  const { prepared, cueIn, inEnd } = out;
  const { grid, soundStart, soundEnd, track } = prepared;
  const { beats, barStarts, phraseStarts, lastBeat, meter } = grid!;
  const phrases = new Set(phraseStarts);
  const lead = bars * meter;
  const wished = wishedBeat(prepared, wish.outSeconds);
  const candidates = wished === undefined ? barStarts : [wished + lead];
  return cheapest(
    candidates.flatMap((beat) => {
      const time = beats[beat];
      const from = beats[beat - lead];
      if (time === undefined || from === undefined || from <= inEnd + CUT_SECONDS || time > track.seconds) return [];
      const unheard = soundEnd - time;
      if (wished === undefined) {
        if (beat > lastBeat || unheard < 0 || unheard > limits.unheardShare * (soundEnd - soundStart)) return [];
        const tail = tailSeconds(time - (beats[beat - 1] ?? from));
        if (from - inEnd < CUT_SOLO_SHARE * (time + tail - cueIn)) return [];
      }
      return [
        {
          time,
          unheard: (UNHEARD_MINUTE_POINTS * Math.max(0, unheard)) / 60,
          phrase: phrases.has(beat) || isOnPhraseBorder(prepared, time) ? 0 : MID_PHRASE_CUT_POINTS,
          quiet: quietMomentPoints(prepared, time - HALF_WINDOW_SECONDS),
          voice:
            CUT_VOICE_POINTS * vocals * Math.max(singingThrough(prepared, time), leadSinging(prepared, from, time)),
        },
      ];
    }),
  );
}

/** How likely somebody sings while an effect plays with a track; 0 where there is none. */
function leadSinging(prepared: PreparedTrack, from: number, to: number): number {
  return to - from < 1e-3 ? 0 : singingAt(prepared, (from + to) / 2);
}

/** Whether a track is so quiet at a moment that another may be heard over it. */
function isUnder(loudness: LocalLoudness, time: number): boolean {
  return loudness.powerAt(time) < 10 ** ((loudness.integratedLufs - UNDER_LU) / 10);
}

/** Seconds before a moment in which a track is not that quiet, of moments that only grow. */
function loudSecondsOf({ loudness, soundStart }: PreparedTrack): (time: number) => number {
  if (loudness === null) return (time) => time - soundStart;
  let seconds = 0;
  let at = soundStart;
  return (time) => {
    for (; at < time; at += UNDER_STEP_SECONDS) {
      if (!isUnder(loudness, at)) seconds += UNDER_STEP_SECONDS;
    }
    return seconds;
  };
}

/** Seconds before a moment throughout which a track is that quiet. */
export function secondsUnder({ loudness, soundStart }: PreparedTrack, time: number): number {
  if (loudness === null) return 0;
  let from = time;
  while (from - UNDER_STEP_SECONDS >= soundStart && isUnder(loudness, from - UNDER_STEP_SECONDS))
    from -= UNDER_STEP_SECONDS;
  return time - from;
}
