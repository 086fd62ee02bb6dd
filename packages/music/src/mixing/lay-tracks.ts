import type { AutomationPoint } from './automation.ts';
import { bassLevels } from './bass-swap.ts';
import { jointLevels } from './crossfade.ts';
import type { Joint } from './joint.ts';
import type { PreparedTrack } from './mix-track.ts';
import type { PlacedTrack } from './placed-track.ts';
import { freeTempo } from './tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt } from './time-map.ts';
import { type Join, joinTracks } from './transitions/join-tracks.ts';
import type { JoinWish } from './transitions/join-wish.ts';
import type { LaidTrack } from './transitions/laid-track.ts';

/** Fade at the beginning of a mix that begins within the sound of its first track. */
const EDGE_SECONDS = 0.005;

/** Lays the tracks one after the other: each joint fixes the map of the track that comes in. */
export function layTracks(
  prepared: readonly PreparedTrack[],
  rate: number,
  wishes: readonly (JoinWish | undefined)[],
): { placed: PlacedTrack[]; joins: Join[] } {
  const [first, ...rest] = prepared;
  const cueIn = Math.floor(first!.soundStart * rate) / rate;
  const map = freeTempo(first!, { mix: 0, source: cueIn }, rate);
  let laid: LaidTrack = { prepared: first!, map, cueIn, inEnd: cueIn, glideEnd: cueIn, keyShift: 0 };
  let start = 0;
  const placed: PlacedTrack[] = [];
  const joins: Join[] = [];
  for (const [index, incoming] of rest.entries()) {
    const join = joinTracks(laid, incoming, rate, { wish: wishes[index] ?? {}, index, before: joins });
    const { joint } = join;
    placed.push({ prepared: laid.prepared, map: laid.map, glideEnd: laid.glideEnd, start, end: joint.span.end });
    joins.push(join);
    start = mixSecondsAt(joint.map, Math.max(0, joint.cueIn));
    const { map: laidMap, cueIn: entry, inEnd, glideEnd, keyShift } = joint;
    laid = { prepared: incoming, map: laidMap, cueIn: entry, inEnd, glideEnd, keyShift };
  }
  const end = mixSecondsAt(laid.map, laid.prepared.track.seconds);
  placed.push({ prepared: laid.prepared, map: laid.map, glideEnd: laid.glideEnd, start, end });
  return { placed, joins };
}

/** Automation of one track, in mix time. */
export interface TrackLevels {
  readonly level: readonly AutomationPoint[];
  readonly low: readonly AutomationPoint[];
}

/** The levels and low bands of all tracks: each joint draws those of the two it joins. */
export function drawLevels(
  placed: readonly PlacedTrack[],
  joints: readonly Joint[],
  targetLufs: number,
): TrackLevels[] {
  const levels = placed.map(() => ({ level: [] as AutomationPoint[], low: [] as AutomationPoint[] }));
  const first = placed[0]!;
  if (sourceSecondsAt(first.map, first.start) > 0) {
    levels[0]!.level.push({ at: 0, gain: 0 }, { at: EDGE_SECONDS, gain: 1 });
  }
  joints.forEach((joint, index) => {
    const out = placed[index]!;
    const incoming = placed[index + 1]!;
    const bass = bassLevels(joint);
    const alone = {
      before: Math.max(0, joint.start - (joints[index - 1]?.span.end ?? out.start)),
      after: Math.max(0, (joints[index + 1]?.span.start ?? incoming.end) - joint.end),
    };
    const drawn = jointLevels({ out, incoming, joint, bass }, targetLufs, alone);
    levels[index]!.level.push(...drawn.out);
    if (!joint.isBassFiltered) levels[index]!.low.push(...bass.out);
    levels[index + 1]!.level.push(...drawn.incoming);
    levels[index + 1]!.low.push(...bass.incoming);
  });
  return levels;
}
