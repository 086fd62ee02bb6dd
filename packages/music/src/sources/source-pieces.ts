import { type Kernels, SampleBlock } from '@tutti/dsp';
import type { TrackSource } from './track-source.ts';

/**
 * Reads a source in pieces of one size inside the kernels' memory, whatever blocks it comes in.
 * @param pieceFrames frames of a piece; the last one may be shorter
 * @yields the same block again and again: its samples are good until the next one is asked for, and may
 *   be changed
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
    for (let offset = 0; offset < frames; ) {
      const count = Math.min(pieceFrames - piece.frames, frames - offset);
      channels.forEach((samples, channel) => {
        piece.channel(channel).set(samples.subarray(offset, offset + count), piece.frames);
      });
      piece.frames += count;
      offset += count;
      if (piece.frames < pieceFrames) continue;
      signal?.throwIfAborted();
      yield piece;
      piece.frames = 0;
    }
  }
  signal?.throwIfAborted();
  if (piece.frames > 0) yield piece;
}
