import type { Features } from '@tutti/dsp';

/** Pitch frames that are averaged into one block: about 0.6 s, shorter than most chords last. */
const FRAMES_PER_BLOCK = 8;

/** Mean pitch spectra of a track, one every block. */
export interface PitchBlocks {
  readonly blocks: number;
  readonly blockSeconds: number;
  readonly bins: number;
  /** [blocks][bins] amplitude */
  readonly amplitudes: Float32Array;
  /** Root of the mean square of all amplitudes. */
  readonly rms: number;
}

/** Averages the pitch frames in blocks; a last block that is not full counts as one. */
export function pitchBlocks({ pitchFrames, pitchBins, pitchFrameRate }: Features): PitchBlocks {
  const frames = Math.floor(pitchFrames.length / pitchBins);
  const blocks = Math.ceil(frames / FRAMES_PER_BLOCK);
  const amplitudes = new Float32Array(blocks * pitchBins);
  for (let block = 0; block < blocks; block++) {
    const first = block * FRAMES_PER_BLOCK;
    const end = Math.min(frames, first + FRAMES_PER_BLOCK);
    const row = amplitudes.subarray(block * pitchBins, (block + 1) * pitchBins);
    for (let frame = first; frame < end; frame++) {
      const offset = frame * pitchBins;
      for (let bin = 0; bin < pitchBins; bin++) row[bin] = row[bin]! + pitchFrames[offset + bin]!;
    }
    for (let bin = 0; bin < pitchBins; bin++) row[bin] = row[bin]! / (end - first);
  }
  const squares = amplitudes.reduce((sum, amplitude) => sum + amplitude * amplitude, 0);
  const rms = Math.sqrt(squares / Math.max(1, amplitudes.length));
  return { blocks, blockSeconds: FRAMES_PER_BLOCK / pitchFrameRate, bins: pitchBins, amplitudes, rms };
}
