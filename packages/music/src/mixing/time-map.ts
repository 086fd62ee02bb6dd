/** One point where a moment of the mix and a moment of a source meet, both in seconds. */
export interface TimePoint {
  readonly mix: number;
  readonly source: number;
}

/**
 * Which moment of a track sounds at which moment of the mix: points joined by straight lines; the first and the last
 * line go on. At least two points, both coordinates rising.
 */
export type TimeMap = readonly TimePoint[];

/** Index of the line that a moment lies on, by bisection. */
function lineAt(map: TimeMap, value: number, axis: keyof TimePoint): number {
  let low = 0;
  let high = map.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (map[middle]![axis] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Source seconds that sound at a moment of the mix. */
export function sourceSecondsAt(map: TimeMap, mixSeconds: number): number {
  const line = lineAt(map, mixSeconds, 'mix');
  const from = map[line]!;
  return from.source + (mixSeconds - from.mix) * speedOf(map, line);
}

/** Mix seconds at which a moment of the source sounds. */
export function mixSecondsAt(map: TimeMap, sourceSeconds: number): number {
  const line = lineAt(map, sourceSeconds, 'source');
  const from = map[line]!;
  return from.mix + (sourceSeconds - from.source) / speedOf(map, line);
}

/** Source seconds per mix second on a line: 1.02 plays 2 % fast. */
export function speedOf(map: TimeMap, line: number): number {
  const from = map[line]!;
  const to = map[line + 1]!;
  return (to.source - from.source) / (to.mix - from.mix);
}

/** Speed at a moment of the mix. */
export function speedAt(map: TimeMap, mixSeconds: number): number {
  return speedOf(map, lineAt(map, mixSeconds, 'mix'));
}

/** A map of constant speed through one point. */
export function straightMap(through: TimePoint, speed: number): TimePoint[] {
  return [through, { mix: through.mix + 1, source: through.source + speed }];
}

/** The map with as few points as keep every dropped one within `tolerance` seconds of mix time. */
export function simplifyMap(map: TimeMap, tolerance: number): TimePoint[] {
  const kept: TimePoint[] = [map[0]!];
  let from = 0;
  while (from < map.length - 1) {
    let to = from + 1;
    // Doubling, then stepping back: long straight grids are common.
    let step = 1;
    while (to + step < map.length && fits(map, from, to + step, tolerance)) {
      to += step;
      step *= 2;
    }
    for (; step >= 1; step /= 2) {
      if (to + step < map.length && fits(map, from, to + step, tolerance)) to += step;
    }
    kept.push(map[to]!);
    from = to;
  }
  return kept;
}

function fits(map: TimeMap, from: number, to: number, tolerance: number): boolean {
  const start = map[from]!;
  const slope = (map[to]!.mix - start.mix) / (map[to]!.source - start.source);
  for (let i = from + 1; i < to; i++) {
    const point = map[i]!;
    if (Math.abs(start.mix + (point.source - start.source) * slope - point.mix) > tolerance) return false;
  }
  return true;
}
