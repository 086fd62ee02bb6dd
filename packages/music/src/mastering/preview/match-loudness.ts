import type { Clip, Kernels } from '@tutti/dsp';
import { clipLoudness } from './clip-loudness.ts';

/** Gains that make two clips equally loud, dB, 0 or less: the louder one is turned down. */
export interface LoudnessMatch {
  readonly before: number;
  readonly after: number;
}

/** The kernels' memory is as it was afterwards. */
export function matchLoudness(kernels: Kernels, before: Clip, after: Clip): LoudnessMatch {
  const [beforeLufs, afterLufs] = [clipLoudness(kernels, before), clipLoudness(kernels, after)];
  const louder = beforeLufs === null || afterLufs === null ? 0 : afterLufs - beforeLufs;
  return { before: Math.min(0, louder), after: Math.min(0, -louder) };
}
