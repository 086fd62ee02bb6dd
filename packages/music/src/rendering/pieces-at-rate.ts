import { type Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import { sourcePieces } from '../sources/source-pieces.ts';
import type { TrackSource } from '../sources/track-source.ts';

/**
 * A source at another sample rate, or as it is where that is its own.
 * @param frames most frames that are read at once
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @returns how many frames the source had
 */
export async function* piecesAtRate(
  source: TrackSource,
  toRate: number,
  kernels: Kernels,
  frames: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBlock, number, undefined> {
  const { channels, sampleRate: fromRate } = source.format;
  let read = 0;
  if (fromRate === toRate) {
    for await (const piece of sourcePieces(source, kernels, frames, signal)) {
      read += piece.frames;
      yield piece;
    }
    return read;
  }
  const resampler = new Resampler(kernels, { channels, fromRate, toRate, maximumFrames: frames });
  const converted = new SampleBlock(kernels, channels, resampler.maximumOutputFrames);
  for await (const piece of sourcePieces(source, kernels, frames, signal)) {
    read += piece.frames;
    resampler.process(piece, converted);
    yield converted;
  }
  resampler.flush(converted);
  yield converted;
  return read;
}
