import type { SampleBlock } from '@tutti/dsp';
import { dropFront } from './drop-front.ts';

/** What works in place and gives its output some frames late. */
interface LateProcessor {
  readonly latencyFrames: number;
  process(block: SampleBlock): void;
}

/**
 * What a processor makes of a stream: as long as the stream, its delay cut off the front and played out at the end.
 * @param rest of any size; holds what comes out behind the end of the stream
 * @param onPiece called for each piece of the stream when it has been processed, with the frames that came before it
 */
export async function* playOut(
  pieces: AsyncIterable<SampleBlock>,
  processor: LateProcessor,
  rest: SampleBlock,
  onPiece?: (before: number) => void,
): AsyncGenerator<SampleBlock, void, undefined> {
  let delayLeft = processor.latencyFrames;
  let heard = 0;
  for await (const piece of pieces) {
    const { frames } = piece;
    processor.process(piece);
    onPiece?.(heard);
    heard += frames;
    delayLeft -= dropFront(piece, delayLeft);
    if (piece.frames > 0) yield piece;
  }
  for (let left = processor.latencyFrames; left > 0; left -= rest.capacity) {
    rest.silence(Math.min(left, rest.capacity));
    processor.process(rest);
    // A stream shorter than the delay has not come out yet.
    delayLeft -= dropFront(rest, delayLeft);
    if (rest.frames > 0) yield rest;
  }
}
