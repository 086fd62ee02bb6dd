/** values[i] = ln(1 + gain sqrt(values[i])). */
export function compressAmplitudeTwin(values: Float64Array, gain: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.log(1 + gain * Math.sqrt(values[i]!));
}
