/** target[i] = ln(1 + gain sqrt(power[i])). */
export function compressAmplitudeTwin(power: Float64Array, target: Float64Array, gain: number): void {
  for (let i = 0; i < power.length; i++) target[i] = Math.log(1 + gain * Math.sqrt(power[i]!));
}
