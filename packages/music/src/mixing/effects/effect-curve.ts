/** A parameter of an effect: constant, or points in mix seconds that it moves between. */
export type Curve = number | readonly { readonly at: number; readonly value: number }[];

/** How a parameter goes from one point to the next. */
export type Course = 'straight' | 'octaves' | 'steps';

/** The value of a curve at a moment of the mix. */
export function curveAt(curve: Curve, at: number, course: Course): number {
  if (typeof curve === 'number') return curve;
  const next = curve.findIndex((point) => point.at > at);
  if (next < 0) return curve.at(-1)!.value;
  if (next === 0) return curve[0]!.value;
  const from = curve[next - 1]!;
  const to = curve[next]!;
  if (course === 'steps') return from.value;
  const done = (at - from.at) / (to.at - from.at);
  if (course === 'octaves') return from.value * (to.value / from.value) ** done;
  return from.value + (to.value - from.value) * done;
}

/** A name that ends in Hz moves in octaves, so that a sweep sounds even. */
export function courseOf(parameter: string): Course {
  return parameter.endsWith('Hz') ? 'octaves' : 'straight';
}
