import { PLAYED_FRAMES } from '@tutti/music/mixing';

const CHANNELS = 2;
const PIECE_BYTES = 4 * CHANNELS * PLAYED_FRAMES;

/** Pieces of memory that decks on other threads play into, `PLAYED_FRAMES` in stereo each: named by their number. */
export function deckMemory(pieces: number): SharedArrayBuffer {
  return new SharedArrayBuffer(pieces * PIECE_BYTES);
}

/** The channels of a piece. */
export function pieceOf(memory: SharedArrayBuffer, number: number): Float32Array<SharedArrayBuffer>[] {
  return Array.from(
    { length: CHANNELS },
    (_, channel) => new Float32Array(memory, number * PIECE_BYTES + 4 * channel * PLAYED_FRAMES, PLAYED_FRAMES),
  );
}
