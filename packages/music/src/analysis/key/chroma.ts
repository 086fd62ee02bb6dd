import { LOWEST_PITCH_CLASS, NoteLevels, SEMITONES } from './note-levels.ts';
import type { PitchBlocks } from './pitch-blocks.ts';

/** Partials 1 to 6 of a note lie this many semitones above it. */
const PARTIALS = [0, 12, 19, 24, 28, 31] as const;
/** Each partial counts this much of the one below it. */
const PARTIAL_DECAY = 0.6;
/** Notes around A3 (semitone 24) tell the harmony; a Gaussian with this deviation weights the others. */
const CENTRE_SEMITONE = 24;
const SPREAD_SEMITONES = 15;
/** Blocks count alike but for those that are quieter than about this share of the mean. */
const QUIET = 0.3;

/**
 * Pitch class profile of each block: how much every pitch class from C to B is heard as a note.
 * Stages: levels of the semitones -> for each the sum of its partials -> weighted by register -> folded into one octave
 * -> levelled.
 * @param offsetSemitones tuning, -0.5 to 0.5
 * @returns [blocks][12]
 */
export function chromaOf({ blocks, bins, amplitudes }: PitchBlocks, offsetSemitones: number): Float32Array {
  const chroma = new Float32Array(blocks * 12);
  const levels = new NoteLevels(bins, offsetSemitones);
  // Partials above the highest semitone are silent.
  const notes = new Float32Array(SEMITONES + PARTIALS.at(-1)!);
  const register = registerWeights();
  for (let block = 0; block < blocks; block++) {
    notes.set(levels.of(amplitudes, block * bins));
    for (let s = 0; s < SEMITONES; s++) {
      let sum = 0;
      let weight = register[s]!;
      for (const partial of PARTIALS) {
        sum += weight * notes[s + partial]!;
        weight *= PARTIAL_DECAY;
      }
      const slot = block * 12 + ((s + LOWEST_PITCH_CLASS) % 12);
      chroma[slot] = chroma[slot]! + sum;
    }
  }
  level(chroma, blocks);
  return chroma;
}

function registerWeights(): Float64Array {
  return Float64Array.from({ length: SEMITONES }, (_, s) =>
    Math.exp(-0.5 * ((s - CENTRE_SEMITONE) / SPREAD_SEMITONES) ** 2),
  );
}

/** Brings the blocks to about one length, so that loud passages do not decide alone. */
function level(chroma: Float32Array, blocks: number): void {
  const lengths = new Float64Array(blocks);
  for (let block = 0; block < blocks; block++) {
    lengths[block] = Math.hypot(...chroma.subarray(block * 12, block * 12 + 12));
  }
  const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, blocks);
  if (mean === 0) return;
  for (let i = 0; i < chroma.length; i++) chroma[i] = chroma[i]! / (lengths[Math.floor(i / 12)]! + QUIET * mean);
}
