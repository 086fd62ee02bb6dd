import type { CompressorMode, CompressorSettings } from './compressor-settings.ts';
import { GROUP } from './level-detector.twin.ts';

type StageSettings = CompressorSettings & { readonly mode: CompressorMode };

/** Change of the gain in dB at a level in dB. */
export function staticCurve(levelDb: number, { mode, thresholdDb, ratio, kneeDb, rangeDb }: StageSettings): number {
  const beyond = mode === 'expand-below' ? thresholdDb - levelDb : levelDb - thresholdDb;
  let over = Math.max(0, beyond);
  if (Math.abs(beyond) < kneeDb / 2) over = (beyond + kneeDb / 2) ** 2 / (2 * kneeDb);
  const amount = Math.min(rangeDb, Math.abs(1 / ratio - 1) * over);
  return mode === 'expand' ? amount : -amount;
}

/**
 * Gain of each frame from the levels of groups, as squares, with settings that stand still.
 * @param frames how many, at most as many as there are whole groups and a part of one
 */
export function gainsTwin(
  squares: Float64Array,
  frames: number,
  sampleRate: number,
  settings: StageSettings,
): Float64Array {
  const { attackSeconds, releaseSeconds, gainDb } = settings;
  const share = (seconds: number) => 1 - Math.exp(-GROUP / (seconds * sampleRate));
  const [attack, release] = [share(attackSeconds), share(releaseSeconds)];
  const risingIsMore = settings.mode !== 'expand-below';
  let change = staticCurve(-600, settings);
  const start = 10 ** ((gainDb + change) / 20);
  const gains = squares.map((square) => {
    const way = staticCurve(10 * Math.log10(Math.max(1e-60, square)), settings) - change;
    const more = Math.sign(way) === (settings.mode === 'expand' ? 1 : -1);
    change += way * (more === risingIsMore ? attack : release);
    return 10 ** ((gainDb + change) / 20);
  });
  return Float64Array.from({ length: frames }, (_, i) => {
    const group = Math.floor(i / GROUP);
    const from = gains[group - 2] ?? start;
    const to = gains[group - 1] ?? start;
    return from + ((to - from) * ((i % GROUP) + 1)) / GROUP;
  });
}
