import type { Reel } from './reel.ts';

/** What of a reel tells where it is joined. */
type Joint = Pick<Reel, 'heard' | 'tempo' | 'structure'>;

/** Where one reel hands over to the next. */
export interface Seam {
  /** Seconds: what begins before is the first reel's, what begins at it or later the second's. */
  readonly time: number;
  /** Whether both reels have the border of a section there. */
  readonly isBorder: boolean;
  /** Whether both reels have a beat there. */
  readonly isBeat: boolean;
}

/** Two reels mean the same beat when it is this near in both, in seconds. */
export const SAME_BEAT_SECONDS = 0.03;

/**
 * Finds the place in the overlap of two reels at which they agree: the border of a section in both, else a downbeat of
 * both, else a beat of both, the nearest to the middle; else the middle. By the middle both know what is before and behind.
 */
export function seamOf(before: Joint, after: Joint): Seam {
  const middle = (after.heard.start + before.heard.end) / 2;
  const common = (times: (reel: Joint) => readonly number[]) => nearestCommon(times(before), times(after), middle);
  const border = common(({ structure }) => structure.sections.slice(1).map(({ start }) => start));
  const beat = common(({ tempo }) => tempo.downbeats) ?? common(({ tempo }) => tempo.beats);
  if (border !== null) {
    const isBeat = nearestCommon(before.tempo.beats, after.tempo.beats, border) === border;
    return { time: border, isBorder: true, isBeat };
  }
  return { time: beat ?? middle, isBorder: false, isBeat: beat !== null };
}

/** The time in `second` nearest to a moment that is in `first` too; null where there is none. Both ascend. */
function nearestCommon(first: readonly number[], second: readonly number[], moment: number): number | null {
  let best: number | null = null;
  let from = 0;
  for (const time of second) {
    while (from < first.length && first[from]! < time - SAME_BEAT_SECONDS) from++;
    if (from >= first.length || first[from]! > time + SAME_BEAT_SECONDS) continue;
    if (best === null || Math.abs(time - moment) < Math.abs(best - moment)) best = time;
  }
  return best;
}

/** The part of a list of events that each reel contributes: those from the seam before it to the seam behind it. */
export function betweenSeams<Heard, Event>(
  reels: readonly Heard[],
  seams: readonly Seam[],
  events: (reel: Heard) => readonly Event[],
  timeOf: (event: Event) => number,
): Event[] {
  return reels.flatMap((reel, i) => {
    // A beat that both have may be a little earlier in the first of them.
    const from = i > 0 ? seams[i - 1]!.time - 1e-9 : Number.NEGATIVE_INFINITY;
    const to =
      i < seams.length ? seams[i]!.time - (seams[i]!.isBeat ? SAME_BEAT_SECONDS : 0) : Number.POSITIVE_INFINITY;
    return events(reel).filter((event) => timeOf(event) >= from && timeOf(event) < to);
  });
}
