import type { Kernels } from '@tutti/dsp';
import type { PitchBlocks } from './pitch-blocks.ts';
import { PitchClasses } from './pitch-classes.ts';

/** Notes around A3 tell the harmony. */
const HARMONY = { centreHz: 220, spreadOctaves: 1.25, partials: 6, partialDecay: 0.6 };
/** Blocks count alike but for those that are quieter than about this share of the mean. */
const QUIET = 0.3;

/**
 * Pitch class profile of each block: how much every pitch class from C to B is heard as a note, brought to about one
 * length, so that loud passages do not decide alone.
 * @param tuningHz frequency of A4
 * @returns [blocks][12]
 */
export function chromaOf(
  kernels: Kernels,
  { blocks, bins, amplitudes, rms }: PitchBlocks,
  tuningHz: number,
): Float32Array {
  const chroma = new Float32Array(blocks * 12);
  const lengths = new Float64Array(blocks);
  const classes = new PitchClasses(kernels, { tuningHz, rms }, HARMONY);
  for (let block = 0; block < blocks; block++) {
    const profile = classes.of(amplitudes.subarray(block * bins, (block + 1) * bins));
    chroma.set(profile, block * 12);
    lengths[block] = Math.hypot(...profile);
  }
  const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, blocks);
  if (mean === 0) return chroma;
  for (let i = 0; i < chroma.length; i++) chroma[i] = chroma[i]! / (lengths[Math.floor(i / 12)]! + QUIET * mean);
  return chroma;
}
