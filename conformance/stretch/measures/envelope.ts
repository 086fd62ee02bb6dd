import type { Signal } from '../../mastering/signal.ts';

/** From value to value of an envelope. */
export const STEP_SECONDS = 1e-4;
/** Width of the Hann window that each value is taken over. */
const WINDOW_SECONDS = 1e-3;

/**
 * How strong an attack is at each moment: the effective value, over a millisecond and all channels, of the difference
 * from sample to sample, which weighs what is bright.
 * @param from seconds of the first value; before the signal and after it is silence
 * @returns one value every `STEP_SECONDS`
 */
export function attackEnvelope({ channels, sampleRate }: Signal, from: number, seconds: number): Float64Array {
  const half = WINDOW_SECONDS / 2;
  return Float64Array.from({ length: Math.round(seconds / STEP_SECONDS) }, (_, step) => {
    const at = from + step * STEP_SECONDS;
    let power = 0;
    let weight = 0;
    for (let i = Math.ceil((at - half) * sampleRate); i <= (at + half) * sampleRate; i++) {
      const window = 0.5 + 0.5 * Math.cos((2 * Math.PI * (i / sampleRate - at)) / WINDOW_SECONDS);
      weight += window;
      for (const samples of channels) power += window * ((samples[i] ?? 0) - (samples[i - 1] ?? 0)) ** 2;
    }
    return Math.sqrt(power / weight);
  });
}
