/** Plain float64 form of `mixInto` for one channel. */
export function mixRampTwin(destination: Float64Array, source: Float64Array, from: number, to: number): Float64Array {
  return destination.map((value, i) => value + source[i]! * (from + ((to - from) * i) / source.length));
}
