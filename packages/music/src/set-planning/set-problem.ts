import { distanceFromPath } from './constraints/tempo-path.ts';
import type { Units } from './constraints/units.ts';
import { leastPairPoints, pairPoints } from './cost/pair-cost.ts';
import { type TrackTable, trackTable } from './cost/track-table.ts';
import { ARTIST_AGAIN_POINTS, TEMPO_PATH_POINTS } from './cost/weights.data.ts';
import { curvePoints, type EnergyCurve } from './energy-curve.ts';
import { GroupCounts } from './search/group-counts.ts';
import type { OrderProblem } from './search/order-problem.ts';
import { rememberPairs } from './search/remembered-pairs.ts';
import { SlotIndex } from './search/slot-index.ts';
import type { SetTrack } from './set-track.ts';
import { type EnergyAsked, leastSlotPoints, slotOf } from './slots.ts';

/** Points for a track off the tempo path: more than any set could cost otherwise. */
export const OFF_PATH_POINTS = 1e6;
/** Steps in which a curve is tabulated over a set: a second of an hour. */
const CURVE_STEPS = 3600;
/** Regions of tempo in an octave: each about 12 % wide, more than a set that is beat-matched goes through in a few steps. */
const TEMPO_REGIONS = 6;

/** What a set is made for: curves over its length, by place from 0 to 1. */
export interface Course {
  readonly energy: EnergyCurve | undefined;
  readonly tempo: ((fraction: number) => number) | undefined;
  /** Length that the curves are laid over. */
  readonly totalSeconds: number;
  /** The length to choose for; undefined when every track is used. */
  readonly wantedSeconds: number | undefined;
}

/** The problem that the searches solve, and what costs are told from. */
export interface SetProblem {
  readonly table: TrackTable;
  /** Points for a track whose middle lies at a place of the set. */
  readonly trackPlace: (track: number, middleSeconds: number) => number;
  /** Artists by track. */
  readonly artists: GroupCounts | undefined;
  readonly problem: OrderProblem;
}

export function setProblem(tracks: readonly SetTrack[], units: Units, course: Course): SetProblem {
  const table = trackTable(tracks);
  const trackPlace = placePoints(tracks, table, course);
  const { tracks: members } = units;
  const asked = course.energy && energyAsked(tracks, course.energy, course.totalSeconds);
  const heads = Int32Array.from(members, (unit) => unit[0]!);
  const ends = Int32Array.from(members, (unit) => unit.at(-1)!);
  const again = (unit: readonly number[], at: number) =>
    unit.slice(0, at).filter((track) => table.artist[track]! >= 0 && table.artist[track] === table.artist[unit[at]!])
      .length;
  const isChosen = course.wantedSeconds !== undefined;
  // What is between the tracks of one unit.
  const within = members.map((unit) =>
    unit
      .slice(1)
      .reduce(
        (sum, track, i) =>
          sum + pairPoints(table, unit[i]!, track) + (isChosen ? ARTIST_AGAIN_POINTS * again(unit, i + 1) : 0),
        0,
      ),
  );
  const seconds = Float64Array.from(members, (unit) => unit.reduce((sum, track) => sum + tracks[track]!.setSeconds, 0));
  // Artists that come again are a reason to choose others; where all tracks are used they are as they are.
  const counts = (groups: readonly (readonly number[])[]) =>
    isChosen ? new GroupCounts(groups, table.artists, ARTIST_AGAIN_POINTS) : undefined;
  const artistOf = (track: number) => (table.artist[track]! < 0 ? [] : [table.artist[track]!]);
  const groups = counts(members.map((unit) => unit.flatMap(artistOf)));
  return {
    table,
    trackPlace,
    artists: counts(tracks.map((_, track) => artistOf(track))),
    problem: {
      count: members.length,
      sizes: members.map(({ length }) => length),
      seconds,
      tails: Float64Array.from(ends, (track) => tracks[track]!.seconds - tracks[track]!.setSeconds),
      pair: rememberPairs(members.length, (from, to) => pairPoints(table, ends[from]!, heads[to]!)),
      leastPair: (from, to) => leastPairPoints(table, ends[from]!, heads[to]!),
      place: (unit, startSeconds) => {
        let points = within[unit]!;
        let elapsed = startSeconds;
        for (const track of members[unit]!) {
          const own = tracks[track]!.setSeconds;
          points += trackPlace(track, elapsed + own / 2);
          elapsed += own;
        }
        return points;
      },
      ...(groups && { groups }),
      first: units.first,
      last: units.last,
      required: units.required,
      earlier: units.earlier,
      wantedSeconds: course.wantedSeconds,
      kinds: Int32Array.from(heads, (track) => tempoRegion(table.tempo[track]!)),
      index: new SlotIndex(
        Int32Array.from(heads, (track) => slotOf(table, track)),
        Float64Array.from(heads, (track) => table.tempo[track]!),
        Float64Array.from(ends, (track) => table.tempo[track]!),
        (from, startSeconds, slots) => leastSlotPoints(table, ends[from]!, startSeconds, slots, asked),
      ),
    },
  };
}

/** The region of a tempo, half and double tempo folded together: 1 to `TEMPO_REGIONS`, or 0 without one. */
function tempoRegion(octaves: number): number {
  return Number.isNaN(octaves) ? 0 : 1 + Math.floor(TEMPO_REGIONS * (octaves - Math.floor(octaves)));
}

function placePoints(tracks: readonly SetTrack[], { energy }: TrackTable, course: Course): SetProblem['trackPlace'] {
  const { totalSeconds } = course;
  const levels = course.energy && tabulated(course.energy);
  const tempi = course.tempo && tabulated(course.tempo);
  return (track, middleSeconds) => {
    const step = Math.min(CURVE_STEPS, Math.max(0, Math.round((CURVE_STEPS * middleSeconds) / totalSeconds)));
    let points = levels ? curvePoints(energy[track]!, levels[step]!) : 0;
    if (tempi) {
      const distance = distanceFromPath(tracks[track]!.bpm!, tempi[step]!);
      points += TEMPO_PATH_POINTS * distance + (distance <= 1 ? 0 : OFF_PATH_POINTS);
    }
    return points;
  };
}

/** What the curve asks for where the middle of any of the tracks may lie that begins at a time. */
function energyAsked(tracks: readonly SetTrack[], energy: EnergyCurve, totalSeconds: number): EnergyAsked {
  const levels = tabulated(energy);
  const stepSeconds = totalSeconds / CURVE_STEPS;
  const furthest = tracks.reduce((most, { setSeconds }) => Math.max(most, setSeconds / 2), 0);
  return (fromSeconds) => {
    const from = Math.min(CURVE_STEPS, Math.floor(fromSeconds / stepSeconds));
    const stretch = levels.subarray(from, Math.min(CURVE_STEPS, Math.ceil((fromSeconds + furthest) / stepSeconds)) + 1);
    return {
      lowest: stretch.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      highest: stretch.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    };
  };
}

function tabulated(curve: (fraction: number) => number): Float64Array {
  return Float64Array.from({ length: CURVE_STEPS + 1 }, (_, step) => curve(step / CURVE_STEPS));
}
