import { crossoverTwin } from '../filter/crossover.twin.ts';

/** The finest level of `BandPeaks`, plainly, not rounded: [bins][low, mid, high] with 255 for full scale. */
export function bandPeaksTwin(channels: readonly Float32Array[], sampleRate: number, highHz: number): Float64Array {
  const length = channels[0]!.length;
  const peaks = new Float64Array(3 * Math.ceil(length / 256));
  for (const channel of channels) {
    crossoverTwin(channel, sampleRate, [150, highHz]).forEach((values, band) => {
      values.forEach((value, i) => {
        const at = 3 * Math.floor(i / 256) + band;
        peaks[at] = Math.max(peaks[at]!, 255 * Math.abs(value));
      });
    });
  }
  return peaks;
}
