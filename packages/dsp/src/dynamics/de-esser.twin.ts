import { crossoverTwin } from '../filter/crossover.twin.ts';
import { equaliserTwin } from '../filter/equaliser.twin.ts';
import { BALLISTICS, type DeEsserOptions } from './de-esser.ts';
import { gainsTwin } from './gain-stage.twin.ts';
import { squaresTwin } from './level-detector.twin.ts';

/** Plain float64 form of `DeEsser` with settings that stand still, from whole arrays; its `highHz` within the range. */
export function deEsserTwin(channels: readonly ArrayLike<number>[], options: DeEsserOptions): Float64Array[] {
  const { sampleRate, lowHz, highHz, wholeFromHz } = options;
  const split = channels.map((samples) => crossoverTwin(samples, sampleRate, [lowHz, highHz]));
  const bands = split.map((parts) => parts[1]!);
  const above = (samples: ArrayLike<number>) =>
    wholeFromHz === undefined
      ? samples
      : equaliserTwin(samples, [{ shape: 'high-pass', frequencyHz: wholeFromHz, q: Math.SQRT1_2 }], sampleRate);
  const whole = squaresTwin(channels.map(above), sampleRate, 'rms');
  const shares = squaresTwin(bands, sampleRate, 'rms').map((square, i) => square / Math.max(1e-30, whole[i]!));
  const settings = { ...BALLISTICS, ...options, mode: 'compress', gainDb: 0 } as const;
  const gains = gainsTwin(shares, channels[0]!.length, sampleRate, settings);
  return split.map(([low, band, high]) => gains.map((gain, i) => low![i]! + gain * band![i]! + high![i]!));
}
