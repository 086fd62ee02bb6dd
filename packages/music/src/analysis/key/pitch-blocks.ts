import { type Features, type Kernels, meanRows } from '@tutti/dsp';

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

/**
 * Averages the pitch frames in blocks; a last block that is not full counts as one.
 * @param kernels lend memory for the time of the call
 */
export function pitchBlocks(kernels: Kernels, { pitchFrames, pitchBins, pitchFrameRate }: Features): PitchBlocks {
  const { means, meanSquare } = meanRows(kernels, pitchFrames, pitchBins, FRAMES_PER_BLOCK);
  return {
    blocks: means.length / pitchBins,
    blockSeconds: FRAMES_PER_BLOCK / pitchFrameRate,
    bins: pitchBins,
    amplitudes: means,
    rms: Math.sqrt(meanSquare),
  };
}
