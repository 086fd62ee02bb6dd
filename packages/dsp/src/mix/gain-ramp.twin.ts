/** Plain float64 form of `mixInto` for one channel. */
export function mixRampTwin(destination: Float64Array, source: Float64Array, from: number, to: number): Float64Array {
  return destination.map((value, i) => value + source[i]! * (from + ((to - from) * i) / source.length));
}

/** Plain float64 form of `applyGain` for one channel. */
export function scaleRampTwin(samples: Float64Array, from: number, to: number): Float64Array {
  return samples.map((value, i) => value * (from + ((to - from) * i) / samples.length));
}
