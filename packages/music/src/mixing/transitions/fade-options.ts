import type { Joint } from '../joint.ts';
import { HALF_WINDOW_SECONDS } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { freeTempo } from '../tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt, speedAt } from '../time-map.ts';
import { reverbTail } from './join-effects.ts';
import { type JoinCosts, type JoinOption, sumOf } from './join-option.ts';
import { UNHEARD_MINUTE_POINTS } from './join-points.data.ts';
import { type JoinSearch, wishedBeat } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { keyAround, keyClash, singingAt } from './pair-facts.ts';
import { quietMomentPoints } from './quiet-points.ts';
import {
  FADE_WITH_ONE_BEAT_POINTS,
  FADE_WITHOUT_BEATS_POINTS,
  KEY_POINTS,
  TECHNIQUE_RULES,
  VOCAL_POINTS,
} from './techniques.data.ts';

/** The longest fade, and the most of each track that it takes. */
const FADE_SECONDS = 6;
export const FADE_SHARE = 0.15;
/** A fade ends where the outgoing track is quieter than usual by this, if that is within a tenth of it from its end. */
const FADED_LU = 8;
const FADED_SHARE = 0.1;
const LOUD_STEP_SECONDS = 0.25;
/** Out of a track into a tail of reverb: seconds of the fade, of the way into the reverb before, and of the tail. */
const SINK_SECONDS = 1;
const SINK_LEAD_SECONDS = 3;
const SINK_TAIL_SECONDS = 4;

/** A stretch of the outgoing track that is faded over, and where the incoming one begins. Source seconds. */
interface Faded {
  readonly from: number;
  readonly to: number;
  readonly cueIn: number;
}

/**
 * The end of one over the beginning of the other, no beats compared: as it is, and, where one of them has no beats, into a tail of reverb.
 * @returns none only where it was asked for at a place, or of a length, that the tracks do not have
 */
export function fadeOptions(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  why: string,
  search: JoinSearch,
): JoinOption[] {
  const place = fadePlace(out, incoming, search);
  if (place === undefined) return [];
  const bars = search.wish.bars ?? null;
  const costs = costsOf(out, incoming, place);
  const plain: JoinOption = {
    ...{ technique: 'fade', bars, costs, points: sumOf(costs) },
    joint: () => fade(out, incoming, place, rate, why),
  };
  const hasBeats = [out.prepared, incoming].every(({ grid }) => grid !== null);
  const isLongEnough = place.to - SINK_LEAD_SECONDS > out.inEnd && place.cueIn + SINK_TAIL_SECONDS < incoming.soundEnd;
  if (hasBeats || bars !== null || !isLongEnough) return [plain];
  const sinkCosts = { ...costs, technique: TECHNIQUE_RULES['reverb-tail'].points };
  const sinking: JoinOption = {
    ...{ technique: 'reverb-tail', bars, costs: sinkCosts, points: sumOf(sinkCosts) },
    joint: () => sink(out, incoming, place, rate, why),
  };
  return [plain, sinking];
}

function costsOf(out: LaidTrack, incoming: PreparedTrack, { from, to, cueIn }: Faded): JoinCosts {
  const { prepared } = out;
  const { soundStart } = incoming;
  const rules = TECHNIQUE_RULES.fade;
  const beats = [prepared, incoming].filter(({ grid }) => grid !== null).length;
  const unheard = Math.max(0, prepared.soundEnd - to) + Math.max(0, cueIn - soundStart);
  const middle = (to - from) / 2;
  const keys = keyClash(keyAround(prepared, to - 1, out.keyShift), keyAround(incoming, cueIn + 1, 0), false);
  return {
    technique: [FADE_WITHOUT_BEATS_POINTS, FADE_WITH_ONE_BEAT_POINTS, rules.points][beats]!,
    unheard: (UNHEARD_MINUTE_POINTS * unheard) / 60,
    quiet:
      quietMomentPoints(prepared, from - HALF_WINDOW_SECONDS) +
      quietMomentPoints(incoming, cueIn + to - from + HALF_WINDOW_SECONDS),
    'voices over voices':
      VOCAL_POINTS * rules.vocals * singingAt(prepared, from + middle) * singingAt(incoming, cueIn + middle),
    'clash of keys': KEY_POINTS * rules.key * keys,
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

function fade(out: LaidTrack, incoming: PreparedTrack, place: Faded, rate: number, because: string): Joint {
  const end = mixSecondsAt(out.map, place.to);
  const start = end - (place.to - place.from) / speedAt(out.map, end);
  const map = freeTempo(incoming, { mix: start, source: place.cueIn }, rate);
  const inEnd = sourceSecondsAt(map, end);
  return {
    ...{ kind: 'fade', start, end, span: { start, end }, cueOut: place.to, cueIn: sourceSecondsAt(map, start) },
    ...{ map, inEnd, glideEnd: inEnd, keyShift: 0, bassSwap: null, because },
  };
}

function sink(out: LaidTrack, incoming: PreparedTrack, place: Faded, rate: number, why: string): Joint {
  const end = mixSecondsAt(out.map, place.to);
  const shorter = fade(out, incoming, { ...place, from: place.to - SINK_SECONDS }, rate, why);
  const span = { start: mixSecondsAt(out.map, place.to - SINK_LEAD_SECONDS), end: end + SINK_TAIL_SECONDS };
  const inEnd = sourceSecondsAt(shorter.map, span.end);
  const lead = { start: span.start, end, tailEnd: span.end, beatSeconds: SINK_SECONDS };
  return {
    ...shorter,
    ...{ span, inEnd, glideEnd: inEnd, outEffects: reverbTail(lead) },
    because: why === '' ? 'it sinks into a reverb' : `${why}; it sinks into a reverb`,
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
