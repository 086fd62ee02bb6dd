import { tempoStep } from '../../theory/tempo-step.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { FEWEST_SWAP_BARS } from './bass-swap-place.ts';
import { type OverlapChoice, overlapChoices } from './best-overlaps.ts';
import { type JoinCosts, type JoinOption, sumOf } from './join-option.ts';
import { LENGTH_POINTS, QUIET_POINTS, USUAL_BARS } from './join-points.data.ts';
import type { JoinSearch } from './join-search.ts';
import { fitKeys, type KeyFit } from './key-fit.ts';
import { type LaidTrack, leavingBpm } from './laid-track.ts';
import { matchBeats } from './match-beats.ts';
import { energyStep, keyAround } from './pair-facts.ts';
import type { OverlapTechnique } from './technique.ts';
import {
  BASS_CLASH_POINTS,
  DENSITY_POINTS,
  HEARD_BARS,
  NEEDLESS_SWAP_POINTS,
  NO_CONTRAST_POINTS,
  STRETCH_POINTS,
  TECHNIQUE_RULES,
  THIN_MASHUP_POINTS,
  VOCAL_POINTS,
} from './techniques.data.ts';
import { MAXIMUM_STRETCH } from './why-not-matched.ts';

/** Lengths of a transition in bars, all powers of two as phrases are. */
const LENGTHS_IN_BARS = [32, 16, 8, 4, 2, 1] as const;

/** Techniques in which both tracks play at once, and the lengths that they are made for, in bars. */
const OVERLAPS = [
  { technique: 'bass-swap', fewest: FEWEST_SWAP_BARS, most: 64 },
  { technique: 'blend', fewest: 1, most: 64 },
  { technique: 'filter-sweep', fewest: 4, most: 16 },
  { technique: 'mashup', fewest: 8, most: 32 },
] as const satisfies readonly {
  readonly technique: OverlapTechnique;
  readonly fewest: number;
  readonly most: number;
}[];

/** A way of laying two tracks over each other in some technique, with what it costs. */
interface Candidate {
  readonly choice: OverlapChoice;
  readonly costs: JoinCosts;
  readonly keyShift: number;
}

/** The best way of each technique and length in which two tracks may be heard together; their beats may be matched. */
export function overlapOptions(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  search: JoinSearch,
): JoinOption[] {
  const { bars: wished } = search.wish;
  const lengths = wished === undefined ? LENGTHS_IN_BARS : wished > 0 ? [wished] : [];
  const offered = offeredBars(out.prepared, incoming, search);
  return lengths.flatMap((bars) => {
    const choices = overlapChoices(out, incoming, bars, search);
    // A length that was asked for needs no reason.
    const length = wished === undefined ? LENGTH_POINTS * Math.abs(Math.log2(bars / offered)) : 0;
    return OVERLAPS.flatMap(({ technique, fewest, most }): JoinOption[] => {
      if (bars < fewest || bars > most) return [];
      const ranked = choices
        .map((choice) => candidate(out, incoming, choice, technique, length))
        .map((found) => ({ ...found, points: sumOf(found.costs) }))
        .sort((a, b) => a.points - b.points);
      const best = ranked.find(({ choice }) => choice.isWithinStretch());
      if (best === undefined) return [];
      const { costs, points, keyShift, choice } = best;
      return [
        {
          technique,
          bars,
          costs,
          points,
          joint: () => matchBeats(out, incoming, { overlap: choice.overlap, technique, keyShift }, rate),
        },
      ];
    });
  });
}

function candidate(
  out: LaidTrack,
  incoming: PreparedTrack,
  choice: OverlapChoice,
  technique: OverlapTechnique,
  length: number,
): Candidate {
  const { facts, outPlace, inPlace } = choice;
  const rules = TECHNIQUE_RULES[technique];
  const heard = Math.min(1, choice.overlap.bars / HEARD_BARS);
  const { keyShift, clashPoints, shiftPoints } = keyFit(out, incoming, choice, heard * rules.key);
  const isMashup = technique === 'mashup';
  return {
    choice,
    keyShift,
    costs: {
      technique: rules.points,
      unheard: outPlace.unheard + inPlace.unheard,
      'off the phrase': outPlace.phrase + inPlace.phrase,
      // A mashup lies where the break is, and is as long as that.
      'beside intro and outro': isMashup ? 0 : outPlace.beside + inPlace.beside,
      length: isMashup ? length / 2 : length,
      quiet: QUIET_POINTS * (isMashup ? facts.quietBothLu : facts.quietLu),
      'voices over voices': VOCAL_POINTS * rules.vocals * heard * facts.voices,
      'two full tracks': DENSITY_POINTS * rules.density * heard * facts.density,
      bass: bassPoints(technique, facts, heard),
      'clash of keys': clashPoints,
      'shifted key': shiftPoints,
      stretch: (STRETCH_POINTS * Math.abs(speedOf(out, incoming) - 1)) / MAXIMUM_STRETCH,
    },
  };
}

function bassPoints(
  technique: OverlapTechnique,
  { basses, contrast, density }: OverlapChoice['facts'],
  heard: number,
): number {
  switch (technique) {
    case 'blend':
      return BASS_CLASH_POINTS * heard * basses;
    case 'mashup':
      return BASS_CLASH_POINTS * basses + NO_CONTRAST_POINTS * (1 - contrast) + THIN_MASHUP_POINTS * (1 - density);
    default:
      return NEEDLESS_SWAP_POINTS * (1 - basses);
  }
}

function keyFit(out: LaidTrack, incoming: PreparedTrack, { overlap }: OverlapChoice, heard: number): KeyFit {
  const { prepared, keyShift } = out;
  const middle = (beats: Float64Array, beat: number, pulsesPerBeat: 1 | 2) =>
    beats[Math.min(beats.length - 1, beat + Math.round(overlap.pulses / pulsesPerBeat / 2))]!;
  const outSeconds = middle(prepared.grid!.beats, overlap.outBeat, overlap.pulsesPerBeat[0]);
  return fitKeys(
    {
      from: keyAround(prepared, outSeconds, keyShift),
      incoming,
      inSeconds: middle(incoming.grid!.beats, overlap.inBeat, overlap.pulsesPerBeat[1]),
      speed: speedOf(out, incoming),
      energyRises: energyStep(prepared, incoming) > 0,
    },
    heard,
  );
}

/** How fast the incoming track has to be played to meet the outgoing one's beats. */
function speedOf(out: LaidTrack, incoming: PreparedTrack): number {
  return 1 / tempoStep(leavingBpm(out)!, incoming.track.analysis.tempo.bpm!).ratio;
}

/**
 * The length that the intro and the outro offer, in bars: 8, 16 or 32; the usual one when neither is known. Less where the tracks
 * are so short that a transition may not take as much of them.
 */
function offeredBars(out: PreparedTrack, incoming: PreparedTrack, { limits }: JoinSearch): number {
  const { introEnd } = incoming.track.analysis.structure;
  const { outroStart } = out.track.analysis.structure;
  const bars: number[] = [];
  if (introEnd !== null) bars.push((introEnd - incoming.soundStart) / barSeconds(incoming));
  if (outroStart !== null) bars.push((out.soundEnd - outroStart) / barSeconds(out));
  const least = Math.min(...bars, bars.length === 0 ? USUAL_BARS : Number.POSITIVE_INFINITY);
  const room = [out, incoming].map(
    (track) => (limits.transitionShare * (track.soundEnd - track.soundStart)) / barSeconds(track),
  );
  const offered = [32, 16].find((length) => least >= length - 0.5) ?? 8;
  return LENGTHS_IN_BARS.find((length) => length <= offered && length <= Math.min(...room)) ?? 1;
}

function barSeconds({ grid, track }: PreparedTrack): number {
  return (grid!.meter * 60) / track.analysis.tempo.bpm!;
}
