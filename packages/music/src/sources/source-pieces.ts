import { type Kernels, SampleBlock } from '@tutti/dsp';
import type { TrackSource } from './track-source.ts';

/**
 * Reads a source in pieces inside the kernels' memory.
 * @param pieceFrames most frames of a piece
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws whatever the source throws; the signal's reason
 */
export async function* sourcePieces(
  source: TrackSource,
  kernels: Kernels,
  pieceFrames: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBlock, void, undefined> {
  const piece = new SampleBlock(kernels, source.format.channels, pieceFrames);
  for await (const { channels, frames } of source.blocks()) {
    for (let offset = 0; offset < frames; offset += pieceFrames) {
      signal?.throwIfAborted();
      piece.write(channels, offset, Math.min(pieceFrames, frames - offset));
      yield piece;
    }
  }
}
