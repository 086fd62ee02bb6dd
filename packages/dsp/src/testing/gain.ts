/** Gain in dB from each sample to the sample that came out of it. */
export function gainOf(input: ArrayLike<number>, output: ArrayLike<number>): Float64Array {
  return Float64Array.from(input, (value, i) => 20 * Math.log10(output[i]! / value));
}

/** Gain in dB by energy, from the last quarter of a signal to the last quarter of what came out of it. */
export function steadyGainDb(input: Float32Array, output: Float32Array): number {
  const energy = (samples: Float32Array) =>
    samples.subarray(-Math.floor(input.length / 4)).reduce((sum, value) => sum + value * value, 0);
  return 10 * Math.log10(energy(output) / energy(input));
}
