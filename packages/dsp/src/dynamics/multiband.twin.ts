import { crossoverTwin } from '../filter/crossover.twin.ts';
import { compressorTwin } from './compressor.twin.ts';
import type { MultibandOptions } from './multiband.ts';

/** Plain float64 form of `MultibandCompressor` with settings that stand still, from whole arrays. */
export function multibandTwin(channels: readonly Float32Array[], options: MultibandOptions): Float64Array[] {
  const { sampleRate, crossoverHz, bands } = options;
  const split = channels.map((samples) => crossoverTwin(samples, sampleRate, crossoverHz));
  const output = channels.map((samples) => new Float64Array(samples.length));
  bands.forEach((band, k) => {
    const dealt = split.map((parts) => parts[k]!);
    const changed = band ? compressorTwin(dealt, { ...band, sampleRate, channels: channels.length }) : dealt;
    changed.forEach((samples, channel) => {
      samples.forEach((value, i) => {
        output[channel]![i]! += value;
      });
    });
  });
  return output;
}
