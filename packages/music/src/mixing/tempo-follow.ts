import type { PreparedTrack } from './mix-track.ts';
import { straightMap, type TimePoint } from './time-map.ts';

/** Over how many bars a track that entered at another tempo comes back to its own. */
export const GLIDE_BARS = 8;
/** A glide takes at most this share of the beats that are left. */
const GLIDE_SHARE = 0.3;

/** Where an incoming track's beats are held to those of the outgoing one: every shared pulse. */
export interface PulsePairs {
  readonly points: readonly TimePoint[];
  /** The incoming track's own beat at the last pair. */
  readonly lastBeat: number;
}

/** A map from a track's entry to its end, and where in the source it has come back to its own tempo. */
export interface FollowedTempo {
  readonly map: TimePoint[];
  readonly glideEndSource: number;
  readonly glideBars: number;
}

/** The speed at which a track plays a beat of its own, which begins at `mix`, when nothing else holds it. */
function ownSpeed({ grid, heldBpm }: PreparedTrack, beat: number, mix: number): number {
  if (grid === null || heldBpm === null) return 1;
  return (grid.beats[beat + 1]! - grid.beats[beat]!) * (heldBpm(mix) / 60);
}

/** The map of a track that enters on its own: at `mix` sounds `source`, at its own tempo or the one it is held at. */
export function freeTempo(prepared: PreparedTrack, at: TimePoint, rate: number): TimePoint[] {
  const { grid, heldBpm } = prepared;
  if (grid === null || heldBpm === null) return straightMap(snapped(at, rate), 1);
  const first = Math.max(0, grid.beats.findIndex((time) => time > at.source) - 1);
  const source = grid.beats[first]!;
  const map: TimePoint[] = [{ mix: at.mix - (at.source - source) / ownSpeed(prepared, first, at.mix), source }];
  carryOn(prepared, map, first, () => 1);
  return map;
}

/**
 * The map of a track that enters on another one's beats and then glides to its own tempo: in each beat after the pairs
 * its speed moves a smooth step further from what the pairs forced on it to its own.
 */
export function followedTempo(prepared: PreparedTrack, pairs: PulsePairs, rate: number): FollowedTempo {
  const grid = prepared.grid!;
  const { lastBeat } = pairs;
  const map = [...pairs.points];
  const bar = Math.min(map.length - 1, grid.meter);
  const from = map.at(-1 - bar)!;
  const to = map.at(-1)!;
  const forced = (to.source - from.source) / (to.mix - from.mix);
  const beatsLeft = grid.beats.length - 1 - lastBeat;
  const glideBeats = Math.min(GLIDE_BARS * grid.meter, Math.floor(GLIDE_SHARE * beatsLeft));
  // How far each speed is from the track's own, as a factor that fades to 1.
  const excess = forced / ownSpeed(prepared, Math.min(lastBeat, grid.beats.length - 2), to.mix);
  const glide = (beat: number) => {
    const done = glideBeats === 0 ? 1 : Math.min(1, (beat - lastBeat + 0.5) / glideBeats);
    return excess ** (1 - done * done * (3 - 2 * done));
  };
  const glideEnd = Math.min(lastBeat + glideBeats, grid.beats.length - 1);
  if (prepared.heldBpm === null) {
    carryOn(prepared, map, lastBeat, glide, glideEnd);
    snapEnd(map, pairs.points.length - 1, rate);
    const end = map.at(-1)!;
    map.push({ mix: end.mix + 1, source: end.source + 1 });
  } else {
    carryOn(prepared, map, lastBeat, glide);
  }
  return { map, glideEndSource: grid.beats[glideEnd]!, glideBars: glideBeats / grid.meter };
}

/** Adds the beats after `beat`, each at the track's own speed times `factor`. */
function carryOn(
  prepared: PreparedTrack,
  map: TimePoint[],
  beat: number,
  factor: (beat: number) => number,
  last = prepared.grid!.beats.length - 1,
): void {
  const { beats } = prepared.grid!;
  for (let next = beat; next < last; next++) {
    const { mix } = map.at(-1)!;
    const interval = beats[next + 1]! - beats[next]!;
    map.push({ mix: mix + interval / (ownSpeed(prepared, next, mix) * factor(next)), source: beats[next + 1]! });
  }
}

/** At speed 1 a source is copied sample for sample when the two times are a whole number of samples apart. */
function snapped({ mix, source }: TimePoint, rate: number): TimePoint {
  return { mix: source + Math.round((mix - source) * rate) / rate, source };
}

/** Moves the glide's end by up to half a sample, and the points before it in proportion, to the same end. */
function snapEnd(map: TimePoint[], start: number, rate: number): void {
  const end = map.at(-1)!;
  const shift = snapped(end, rate).mix - end.mix;
  const span = map.length - 1 - start;
  for (let i = start; i < map.length; i++) {
    const share = span === 0 ? 1 : (i - start) / span;
    const { mix, source } = map[i]!;
    map[i] = { mix: mix + share * shift, source };
  }
}
