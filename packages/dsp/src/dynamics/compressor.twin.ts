import { equaliserTwin } from '../filter/equaliser.twin.ts';
import type { CompressorOptions } from './compressor.ts';

const GROUP = 4;

/** Change of the gain in dB at a level in dB. */
export function staticCurve(levelDb: number, { mode, thresholdDb, ratio, kneeDb, rangeDb }: CompressorOptions): number {
  const beyond = mode === 'expand-below' ? thresholdDb - levelDb : levelDb - thresholdDb;
  let over = Math.max(0, beyond);
  if (Math.abs(beyond) < kneeDb / 2) over = (beyond + kneeDb / 2) ** 2 / (2 * kneeDb);
  const amount = Math.min(rangeDb, Math.abs(1 / ratio - 1) * over);
  return mode === 'expand' ? amount : -amount;
}

/** Levels of the groups in dB, each the largest of the last 12.5 ms. */
function levels(channels: readonly ArrayLike<number>[], options: CompressorOptions): Float64Array {
  const { sampleRate, detector = 'peak', sidechainHighPassHz: frequencyHz } = options;
  const heard = channels.map((samples) =>
    frequencyHz === undefined
      ? samples
      : equaliserTwin(samples, [{ shape: 'high-pass', frequencyHz, q: Math.SQRT1_2 }], sampleRate),
  );
  const share = 1 - Math.exp(-GROUP / (0.005 * sampleRate));
  let first = 0;
  let second = 0;
  const squares = Float64Array.from({ length: Math.floor(heard[0]!.length / GROUP) }, (_, group) => {
    let peak = 0;
    let sum = 0;
    for (const samples of heard) {
      for (let i = group * GROUP; i < (group + 1) * GROUP; i++) {
        peak = Math.max(peak, samples[i]! ** 2);
        sum += samples[i]! ** 2 / heard.length / GROUP;
      }
    }
    if (detector === 'peak') return peak;
    first += (sum - first) * share;
    second += (first - second) * share;
    return second;
  });
  const held = Math.ceil((0.0125 * sampleRate) / GROUP) + 1;
  return squares.map((_, group) => {
    let most = 1e-60;
    for (let i = Math.max(0, group - held + 1); i <= group; i++) most = Math.max(most, squares[i]!);
    return 10 * Math.log10(most);
  });
}

/** Plain float64 form of `Compressor` with settings that stand still, from whole arrays. */
export function compressorTwin(channels: readonly ArrayLike<number>[], options: CompressorOptions): Float64Array[] {
  const { sampleRate, attackSeconds, releaseSeconds, gainDb } = options;
  const share = (seconds: number) => 1 - Math.exp(-GROUP / (seconds * sampleRate));
  const [attack, release] = [share(attackSeconds), share(releaseSeconds)];
  const risingIsMore = options.mode !== 'expand-below';
  let change = staticCurve(-600, options);
  const start = 10 ** ((gainDb + change) / 20);
  const gains = levels(channels, options).map((level) => {
    const way = staticCurve(level, options) - change;
    const more = Math.sign(way) === (options.mode === 'expand' ? 1 : -1);
    change += way * (more === risingIsMore ? attack : release);
    return 10 ** ((gainDb + change) / 20);
  });
  return channels.map((samples) =>
    Float64Array.from(samples, (value, i) => {
      const group = Math.floor(i / GROUP);
      const from = gains[group - 2] ?? start;
      const to = gains[group - 1] ?? start;
      return value * (from + ((to - from) * ((i % GROUP) + 1)) / GROUP);
    }),
  );
}
