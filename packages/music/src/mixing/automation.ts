/** A value at a moment of the mix; between two points it moves in a straight line, before and after it holds. */
export interface AutomationPoint {
  /** Mix seconds. */
  readonly at: number;
  /** Factor on the amplitude. */
  readonly gain: number;
}

/** The value of an automation at a moment; 1 when it has no points. */
export function gainAt(points: readonly AutomationPoint[], at: number): number {
  if (points.length === 0) return 1;
  if (at <= points[0]!.at) return points[0]!.gain;
  let low = 0;
  let high = points.length - 1;
  if (at >= points[high]!.at) return points[high]!.gain;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.at <= at) low = middle;
    else high = middle;
  }
  const from = points[low]!;
  const to = points[high]!;
  return from.gain + ((to.gain - from.gain) * (at - from.at)) / (to.at - from.at);
}
