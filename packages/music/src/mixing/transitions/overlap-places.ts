import type { BeatGrid } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import {
  BESIDE_POINTS,
  MID_PHRASE_END_POINTS,
  MID_PHRASE_POINTS,
  MOST_BESIDE_POINTS,
  UNHEARD_MINUTE_POINTS,
} from './join-points.data.ts';
import { earliestOut, type JoinSearch, wishedBeat } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';

/** A beat at which a track may come in or begin to leave, with what that costs in points. */
export interface Place {
  readonly beat: number;
  /** For music that is not heard, for the middle of a phrase, and for being off the intro's end or the outro's start. */
  readonly unheard: number;
  readonly phrase: number;
  readonly beside: number;
}

type PulsesPerBeat = readonly [1 | 2, 1 | 2];

/** Places at which the incoming track may begin. */
export function incomingPlaces(
  out: LaidTrack,
  incoming: PreparedTrack,
  beats: number,
  [outPulses, inPulses]: PulsesPerBeat,
  { wish, limits }: JoinSearch,
): Place[] {
  const { grid, soundStart, soundEnd, track } = incoming;
  const { barStarts, phraseStarts, firstBeat, lastBeat } = grid!;
  const times = grid!.beats;
  const phrases = new Set(phraseStarts);
  const { introEnd } = track.analysis.structure;
  const period = times[firstBeat + 1]! - times[firstBeat]!;
  const wished = wishedBeat(incoming, wish.inSeconds);
  const lead = Math.floor((beatsIntoBar(out.prepared, wish.outSeconds) * outPulses) / inPulses);
  const candidates = wished === undefined ? barStarts.map((beat) => beat + lead) : [wished];
  return candidates.flatMap((beat) => {
    const end = beat + beats;
    if (beat < firstBeat || end > lastBeat) return [];
    const time = times[beat]!;
    const unheard = Math.max(0, time - soundStart);
    const most = limits.unheardShare * (soundEnd - soundStart);
    if (time < soundStart - period || time < -0.05 || unheard > most) return [];
    if (times[end]! - time > limits.transitionShare * (soundEnd - time)) return [];
    return [
      {
        beat,
        unheard: (UNHEARD_MINUTE_POINTS * unheard) / 60,
        phrase: (phrases.has(beat) ? 0 : MID_PHRASE_POINTS) + (phrases.has(end) ? 0 : MID_PHRASE_END_POINTS),
        beside: besidePoints(times[end]!, introEnd, period * grid!.meter),
      },
    ];
  });
}

/** Places at which the outgoing track may begin to leave. */
export function outgoingPlaces(
  out: LaidTrack,
  incoming: PreparedTrack,
  beats: number,
  [outPulses, inPulses]: PulsesPerBeat,
  { wish, limits }: JoinSearch,
): Place[] {
  const { prepared, cueIn } = out;
  const { grid, soundStart, soundEnd, track } = prepared;
  const { barStarts, phraseStarts, lastBeat } = grid!;
  const times = grid!.beats;
  const phrases = new Set(phraseStarts);
  const { outroStart } = track.analysis.structure;
  const period = times[lastBeat]! - times[lastBeat - 1]!;
  const wished = wishedBeat(prepared, wish.outSeconds);
  const lead = Math.floor((beatsIntoBar(incoming, wish.inSeconds) * inPulses) / outPulses);
  const candidates = wished === undefined ? barStarts.map((beat) => beat + lead) : [wished];
  return candidates.flatMap((beat) => {
    const end = beat + beats;
    if (end > lastBeat || times[beat]! < earliestOut(out, limits)) return [];
    const unheard = Math.max(0, soundEnd - times[end]!);
    if (times[end]! > soundEnd + period || unheard > limits.unheardShare * (soundEnd - soundStart)) return [];
    const heard = times[end]! - cueIn;
    if (times[end]! - times[beat]! > limits.transitionShare * heard) return [];
    return [
      {
        beat,
        unheard: (UNHEARD_MINUTE_POINTS * unheard) / 60,
        phrase: phrases.has(beat) ? 0 : MID_PHRASE_POINTS,
        beside: besidePoints(times[beat]!, outroStart, period * grid!.meter),
      },
    ];
  });
}

/** Beats from the last bar start to a moment that was asked for: the other track comes in as far into its bar. */
function beatsIntoBar(prepared: PreparedTrack, seconds: number | undefined): number {
  const beat = wishedBeat(prepared, seconds);
  return beat === undefined ? 0 : beat - barBefore(prepared.grid!, beat);
}

function barBefore({ barStarts }: BeatGrid, beat: number): number {
  return barStarts.findLast((start) => start <= beat) ?? beat;
}

function besidePoints(time: number, wanted: number | null, barSeconds: number): number {
  if (wanted === null) return 0;
  const bars = Math.abs(time - wanted) / barSeconds;
  return Math.min(MOST_BESIDE_POINTS, (BESIDE_POINTS * bars) / 16);
}
