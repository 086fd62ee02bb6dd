import { equaliserTwin } from '../filter/equaliser.twin.ts';
import type { CompressorOptions } from './compressor.ts';
import { gainsTwin } from './gain-stage.twin.ts';
import { heldTwin, squaresTwin } from './level-detector.twin.ts';

/** Plain float64 form of `Compressor` with settings that stand still, from whole arrays. */
export function compressorTwin(channels: readonly ArrayLike<number>[], options: CompressorOptions): Float64Array[] {
  const { sampleRate, detector = 'peak', sidechainHighPassHz: frequencyHz } = options;
  const heard = channels.map((samples) =>
    frequencyHz === undefined
      ? samples
      : equaliserTwin(samples, [{ shape: 'high-pass', frequencyHz, q: Math.SQRT1_2 }], sampleRate),
  );
  const levels = heldTwin(squaresTwin(heard, sampleRate, detector), sampleRate);
  const gains = gainsTwin(levels, channels[0]!.length, sampleRate, options);
  return channels.map((samples) => gains.map((gain, i) => gain * samples[i]!));
}
