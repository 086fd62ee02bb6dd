import type { Kernels } from '@tutti/dsp';
import type { PitchBlocks } from './pitch-blocks.ts';
import { pitchClasses } from './pitch-classes.ts';

/** Notes around A3 tell the harmony. */
const HARMONY = { centreHz: 220, spreadOctaves: 1.25, partials: 6, partialDecay: 0.6 };
/** Blocks count alike but for those that are quieter than about this share of the mean. */
const QUIET = 0.3;

/**
 * Pitch class profile of each block: how much every pitch class from C to B is heard as a note, brought to about one
 * length, so that loud passages do not decide alone.
 * @param kernels lend memory for the time of the call
 * @param tuningHz frequency of A4
 * @returns [blocks][12]
 */
export function chromaOf(kernels: Kernels, { blocks, amplitudes, rms }: PitchBlocks, tuningHz: number): Float32Array {
  const chroma = pitchClasses(kernels, amplitudes, { tuningHz, rms }, HARMONY);
  const lengths = new Float64Array(blocks);
  let sum = 0;
  for (let block = 0; block < blocks; block++) {
    let squares = 0;
    for (let i = 12 * block; i < 12 * block + 12; i++) squares += chroma[i]! * chroma[i]!;
    lengths[block] = Math.sqrt(squares);
    sum += lengths[block]!;
  }
  if (sum === 0) return chroma;
  for (let i = 0; i < chroma.length; i++)
    chroma[i] = chroma[i]! / (lengths[Math.floor(i / 12)]! + (QUIET * sum) / blocks);
  return chroma;
}
