import { clock } from '../../plans/reason-words.ts';
import type { MixEffect } from '../effects/effect-schema.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { freeTempo } from '../tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt } from '../time-map.ts';
import { FADE_SHARE } from './fade-options.ts';
import { CUT_SECONDS, entryPlace, type HandoverPlace, leavePlace, secondsUnder } from './handover-places.ts';
import { ECHO_TAIL_BEATS, echoOut, loopRoll, platterStop, reverbTail } from './join-effects.ts';
import { type JoinCosts, type JoinOption, sumOf } from './join-option.ts';
import type { JoinSearch } from './join-search.ts';
import { fitKeys } from './key-fit.ts';
import type { LaidTrack } from './laid-track.ts';
import { softLoopPoints } from './loop-points.ts';
import { energyStep, keyAround, tempoJump } from './pair-facts.ts';
import type { Technique } from './technique.ts';
import {
  QUIET_BEGINNING_POINTS,
  REVERB_INTO_RISE_POINTS,
  ROLL_WITHOUT_RISE_POINTS,
  SUDDEN_FALL_POINTS,
  TECHNIQUE_RULES,
  TEMPO_JUMP_POINTS,
} from './techniques.data.ts';

/** Techniques in which one track leaves on the beat on which the other begins. */
const HANDOVERS = ['cut', 'echo-out', 'reverb-tail', 'loop-roll', 'stop'] as const satisfies readonly Technique[];
type Handover = (typeof HANDOVERS)[number];

/** A tail of reverb lasts two bars, within these bounds. */
const REVERB_BARS = 2;
const REVERB_SECONDS = { least: 2, most: 5 } as const;
/** A platter takes at most this long to stand still. */
const MOST_STOP_SECONDS = 3;

/** The best way of each handover; both tracks have beats. */
export function handoverOptions(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  why: string,
  search: JoinSearch,
): JoinOption[] {
  const entry = entryPlace(incoming, search);
  if (entry === undefined) return [];
  const handovers = HANDOVERS.flatMap((technique) => {
    const rules = TECHNIQUE_RULES[technique];
    const bars = leadBars(technique, search);
    const tail = (beatSeconds: number) => tailSeconds(technique, beatSeconds, out.prepared.grid!.meter);
    const leave = bars === undefined ? undefined : leavePlace(out, search, rules, bars, tail);
    if (bars === undefined || leave === undefined) return [];
    return handover(out, incoming, { technique, bars, leave, entry, under: 0 }, rate, why);
  });
  return [...quietBeginning(out, incoming, rate, why, search), ...handovers];
}

/** The incoming track's beginning, where it is very quiet, under the end of the outgoing one, which leaves for the downbeat after it. */
function quietBeginning(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  why: string,
  search: JoinSearch,
): JoinOption[] {
  if (search.wish.inSeconds !== undefined) return [];
  const entry = entryPlace(incoming, search, true);
  const leave = leavePlace(out, search, TECHNIQUE_RULES.cut);
  if (entry === undefined || leave === undefined) return [];
  const shortest = Math.min(incoming.soundEnd - entry.time, leave.time - out.cueIn, 2 * (leave.time - out.inEnd));
  const under = Math.min(FADE_SHARE * shortest, secondsUnder(incoming, entry.time));
  if (under <= CUT_SECONDS) return [];
  return handover(out, incoming, { technique: 'cut', bars: 0, leave, entry, under }, rate, why);
}

/** A wish may make the effect longer; a cut has no length. */
function leadBars(technique: Handover, { wish }: JoinSearch): number | undefined {
  const { leadBars: usual } = TECHNIQUE_RULES[technique];
  if (wish.bars === undefined || wish.bars === usual) return usual;
  return usual === 0 || wish.bars < 1 || wish.bars > 8 ? undefined : wish.bars;
}

interface Handing {
  readonly technique: Handover;
  readonly bars: number;
  readonly leave: HandoverPlace;
  readonly entry: HandoverPlace;
  /** Seconds of the incoming track that run under the outgoing one. */
  readonly under: number;
}

function handover(
  out: LaidTrack,
  incoming: PreparedTrack,
  { technique, bars, leave, entry, under }: Handing,
  rate: number,
  why: string,
): JoinOption[] {
  const end = mixSecondsAt(out.map, leave.time);
  const { beats, meter } = out.prepared.grid!;
  const leaveBeat = beats.indexOf(leave.time);
  const leadStart = bars === 0 ? end : mixSecondsAt(out.map, beats[leaveBeat - bars * meter]!);
  const beatSeconds = end - mixSecondsAt(out.map, beats[leaveBeat - 1] ?? leave.time - 0.5);
  const map = freeTempo(incoming, { mix: end, source: entry.time }, rate);
  const isFade = under > 0;
  const start = isFade ? mixSecondsAt(map, entry.time - under) : end - CUT_SECONDS;
  const tailEnd = end + tailSeconds(technique, beatSeconds, meter);
  const inEnd = sourceSecondsAt(map, tailEnd);
  if (inEnd >= incoming.soundEnd) return [];
  const effectStart = technique === 'stop' ? Math.max(leadStart, end - MOST_STOP_SECONDS) : leadStart;
  const lead = { start: effectStart, end, tailEnd, beatSeconds };
  const { keyShift, costs: usualCosts } = costsOf(out, incoming, technique, leave, entry);
  const costs = {
    ...usualCosts,
    ...(isFade && { technique: QUIET_BEGINNING_POINTS }),
    ...(technique === 'loop-roll' && { 'a soft loop': softLoopPoints(out, lead) }),
  };
  const how = isFade ? underWords(leave, entry) : HOW[technique](clock(leave.time));
  return [
    {
      technique: isFade ? 'fade' : technique,
      bars: isFade ? null : bars,
      costs,
      points: sumOf(costs),
      joint: () => ({
        kind: isFade ? 'fade' : 'cut',
        start,
        end,
        span: { start: Math.min(start, leadStart), end: tailEnd },
        cueOut: leave.time,
        cueIn: Math.max(0, sourceSecondsAt(map, start)),
        map,
        inEnd,
        glideEnd: inEnd,
        keyShift,
        bassSwap: null,
        outEffects: effectsOf(technique, lead),
        because: why === '' ? how : `${why}; ${how}`,
      }),
    },
  ];
}

function effectsOf(technique: Handover, lead: Parameters<typeof echoOut>[0]): readonly MixEffect[] {
  switch (technique) {
    case 'echo-out':
      return echoOut(lead);
    case 'reverb-tail':
      return reverbTail(lead);
    case 'loop-roll':
      return loopRoll(lead);
    case 'stop':
      return platterStop(lead);
    case 'cut':
      return [];
  }
}

/** How long the outgoing track rings on after it has left. */
function tailSeconds(technique: Handover, beatSeconds: number, meter: number): number {
  if (technique === 'echo-out') return ECHO_TAIL_BEATS * beatSeconds;
  if (technique !== 'reverb-tail') return 0;
  return Math.min(REVERB_SECONDS.most, Math.max(REVERB_SECONDS.least, REVERB_BARS * meter * beatSeconds));
}

function costsOf(
  out: LaidTrack,
  incoming: PreparedTrack,
  technique: Handover,
  leave: HandoverPlace,
  entry: HandoverPlace,
): { readonly keyShift: number; readonly costs: JoinCosts } {
  const rules = TECHNIQUE_RULES[technique];
  const step = energyStep(out.prepared, incoming);
  const { keyShift, clashPoints, shiftPoints } = fitKeys(
    {
      from: keyAround(out.prepared, leave.time - 1, out.keyShift),
      incoming,
      inSeconds: entry.time + 1,
      speed: 1,
      energyRises: step > 0,
    },
    rules.key,
  );
  const section = incoming.track.analysis.structure.sections.find(
    ({ start, end }) => entry.time >= start - 0.05 && entry.time < end,
  );
  const rises = step >= 1 || section?.label === 'drop';
  const hasTail = technique === 'echo-out' || technique === 'reverb-tail';
  return {
    keyShift,
    costs: {
      technique: rules.points,
      unheard: leave.unheard + entry.unheard,
      'off the phrase': leave.phrase + entry.phrase,
      quiet: leave.quiet + entry.quiet,
      'a voice cut off': leave.voice + entry.voice,
      'change of tempo': TEMPO_JUMP_POINTS * rules.tempoJump * tempoJump(out, incoming),
      'fall of energy': hasTail ? 0 : SUDDEN_FALL_POINTS * Math.max(0, -step - 1),
      'energy that does not rise': technique === 'loop-roll' && !rises ? ROLL_WITHOUT_RISE_POINTS : 0,
      'rise of energy': technique === 'reverb-tail' && rises ? REVERB_INTO_RISE_POINTS : 0,
      'clash of keys': clashPoints,
      'shifted key': shiftPoints,
    },
  };
}

const HOW: Readonly<Record<Handover, (at: string) => string>> = {
  cut: (at) => `cut on the downbeat at ${at}`,
  'echo-out': (at) => `it leaves into an echo of half a beat on the downbeat at ${at}`,
  'reverb-tail': (at) => `it sinks into a reverb and leaves on the downbeat at ${at}`,
  'loop-roll': (at) => `it rolls in shorter and shorter loops up to the downbeat at ${at}`,
  stop: (at) => `its record is stopped and stands still on the downbeat at ${at}`,
};

function underWords(leave: HandoverPlace, entry: HandoverPlace): string {
  return `its quiet beginning runs under the end of the other track, which leaves at ${clock(leave.time)} for its downbeat at ${clock(entry.time)}`;
}
