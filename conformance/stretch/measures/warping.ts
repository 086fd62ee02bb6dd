// How well two tracks are held together by the time maps of a plan, by the beats that are known of both.
import { mixSecondsAt, type TimeMap } from '@tutti/music/mixing';
import { medianOf } from '../../accuracy/metrics/bootstrap.ts';

/** What of a plan is looked at. */
export interface LaidTracks {
  readonly tracks: readonly { readonly timeMap: TimeMap }[];
  readonly transitions: readonly {
    readonly from: number;
    readonly to: number;
    readonly start: number;
    readonly end: number;
  }[];
}

export interface Alignment {
  /** Beats of the incoming track within the transition. */
  readonly beats: number;
  /** How far each one is from the nearest one of the outgoing track, in milliseconds of the mix. */
  readonly medianMs: number;
  readonly worstMs: number;
}

/**
 * @param beats true beats of every track, in seconds of its source
 * @returns null for a transition that holds no beat of both
 */
export function transitionAlignment(
  { tracks, transitions }: LaidTracks,
  beats: readonly (readonly number[])[],
  transition: number,
): Alignment | null {
  const { from, to, start, end } = transitions[transition]!;
  const heard = (track: number) => beats[track]!.map((at) => mixSecondsAt(tracks[track]!.timeMap, at));
  const outgoing = heard(from);
  const inside = heard(to).filter((at) => at > start - 0.01 && at < Math.min(end, outgoing.at(-1) ?? 0) - 0.01);
  const misses = inside.map((at) => 1000 * Math.min(...outgoing.map((other) => Math.abs(other - at))));
  if (misses.length === 0) return null;
  return { beats: misses.length, medianMs: medianOf(misses)!, worstMs: Math.max(...misses) };
}

export interface Smoothness {
  /** Slowest and fastest that a track is played at between two moments of the mix. */
  readonly slowest: number;
  readonly fastest: number;
  /** Largest change of its speed from one beat to the next, as a share. */
  readonly largestChange: number;
}

/** @param beats true beats of the track, of which those are looked at that sound from `from` to `to` */
export function speedSmoothness(map: TimeMap, beats: readonly number[], from: number, to: number): Smoothness {
  const heard = beats.map((source) => ({ source, mix: mixSecondsAt(map, source) }));
  const inside = heard.filter(({ mix }) => mix >= from && mix <= to);
  const speeds = inside.slice(1).map(({ source, mix }, i) => (source - inside[i]!.source) / (mix - inside[i]!.mix));
  return {
    slowest: Math.min(...speeds),
    fastest: Math.max(...speeds),
    largestChange: Math.max(0, ...speeds.slice(1).map((speed, i) => Math.abs(speed / speeds[i]! - 1))),
  };
}
