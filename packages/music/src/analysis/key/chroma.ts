import type { PitchBlocks } from './pitch-blocks.ts';

const BINS_PER_SEMITONE = 3;
const SEMITONES = 72;
/** Pitch class of the lowest bin, A, counted from C. */
const LOWEST_PITCH_CLASS = 9;
/** Amplitude over which levels are compressed, as 1 over it: -60 dB of a full-scale sine. */
const COMPRESSION = 1000;
/** Half of the octave over which the level of the surroundings is taken away: noise and drums are flat over it. */
const SURROUNDINGS_BINS = 18;
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
 * Stages: ln(1 + 1000 amplitude) -> minus the mean over an octave -> rectify -> semitones at the track's tuning
 * -> for every semitone the sum of its partials -> weighted by register -> folded into one octave -> levelled.
 * @param offsetSemitones tuning, -0.5 to 0.5
 * @returns [blocks][12]
 */
export function chromaOf({ blocks, bins, amplitudes }: PitchBlocks, offsetSemitones: number): Float32Array {
  const chroma = new Float32Array(blocks * 12);
  const levels = new Float32Array(bins);
  const notes = new Float32Array(SEMITONES + PARTIALS.at(-1)!);
  const register = registerWeights();
  for (let block = 0; block < blocks; block++) {
    for (let bin = 0; bin < bins; bin++) levels[bin] = Math.log(1 + COMPRESSION * amplitudes[block * bins + bin]!);
    semitonesOf(whiten(levels), offsetSemitones * BINS_PER_SEMITONE, notes);
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

/** What rises above the mean of the octave around each bin. */
function whiten(levels: Float32Array): Float32Array {
  const result = new Float32Array(levels.length);
  let sum = 0;
  let from = 0;
  let to = 0;
  for (let bin = 0; bin < levels.length; bin++) {
    while (to < Math.min(levels.length, bin + SURROUNDINGS_BINS + 1)) sum += levels[to++]!;
    while (from < bin - SURROUNDINGS_BINS) sum -= levels[from++]!;
    result[bin] = Math.max(0, levels[bin]! - sum / (to - from));
  }
  return result;
}

/** Level of each semitone: its bin and half of the bins beside it, all moved by the tuning. */
function semitonesOf(levels: Float32Array, offsetBins: number, notes: Float32Array): void {
  for (let s = 0; s < SEMITONES; s++) {
    let sum = 0;
    for (let side = -1; side <= 1; side++) {
      const place = Math.max(0, Math.min(levels.length - 1.001, s * BINS_PER_SEMITONE + offsetBins + side));
      const below = Math.floor(place);
      const part = place - below;
      sum += (side === 0 ? 1 : 0.5) * (levels[below]! * (1 - part) + levels[below + 1]! * part);
    }
    notes[s] = sum;
  }
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
