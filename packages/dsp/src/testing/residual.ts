/** Energy of `result - truth` over the energy of `truth`, in dB; -Infinity when they are equal. */
export function residualDb(result: ArrayLike<number>, truth: ArrayLike<number>): number {
  let error = 0;
  let energy = 0;
  for (let i = 0; i < truth.length; i++) {
    error += (result[i]! - truth[i]!) ** 2;
    energy += truth[i]! ** 2;
  }
  return 10 * Math.log10(error / energy);
}

/** Gain in dB of a filter with the given impulse response at a frequency. */
export function gainDb(impulseResponse: ArrayLike<number>, sampleRate: number, frequencyHz: number): number {
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  let re = 0;
  let im = 0;
  for (let i = 0; i < impulseResponse.length; i++) {
    re += impulseResponse[i]! * Math.cos(step * i);
    im -= impulseResponse[i]! * Math.sin(step * i);
  }
  return 10 * Math.log10(re * re + im * im);
}
