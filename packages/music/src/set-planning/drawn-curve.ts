/** A point of a curve that was drawn over a set. */
export interface CurvePoint {
  /** Place in the set, 0 (its start) to 1 (its end). */
  readonly at: number;
  readonly value: number;
}

/** The curve through points, with straight lines between them; before the first and after the last it stays level. */
export function drawnCurve(points: readonly CurvePoint[]): (fraction: number) => number {
  const sorted = points.toSorted((a, b) => a.at - b.at);
  return (fraction) => {
    const next = sorted.findIndex(({ at }) => at > fraction);
    if (next === 0) return sorted[0]!.value;
    const from = sorted.at(next < 0 ? -1 : next - 1)!;
    if (next < 0) return from.value;
    const to = sorted[next]!;
    return from.value + ((to.value - from.value) * (fraction - from.at)) / (to.at - from.at);
  };
}
