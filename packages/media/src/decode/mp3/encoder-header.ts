import type { FrameHeader } from './frame-header.ts';

/** What the first frame of a file says when it is a header in the shape of a frame: Xing, Info or VBRI. */
export interface EncoderHeader {
  /** Frames that follow; undefined when not given. */
  readonly frames?: number;
  /** Samples that the encoder put before and behind the sound; undefined when not given. */
  readonly delay?: number;
  readonly padding?: number;
}

/** Larger figures than any encoder writes. */
const MOST_DELAY = 4000;

/** Reads the header out of a whole frame; undefined when the frame is sound. (Layout: LAME's "mp3 info tag", rev. 1) */
export function readEncoderHeader(frame: Uint8Array, header: FrameHeader): EncoderHeader | undefined {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
  const text = (at: number, length: number) => view.toString('latin1', at, at + length);
  if (text(36, 4) === 'VBRI' && view.length >= 54) return { frames: view.readUInt32BE(50) };
  const start = 4 + (header.hasCrc ? 2 : 0) + header.sideBytes;
  const candidates = [start, 4 + header.sideBytes];
  const at = candidates.find((offset) => /^(Xing|Info)$/.test(text(offset, 4)));
  if (at === undefined || at + 8 > view.length) return undefined;
  const flags = view.readUInt32BE(at + 4);
  let next = at + 8;
  let frames: number | undefined;
  if (flags & 1 && next + 4 <= view.length) frames = view.readUInt32BE(next);
  for (const [flag, size] of [
    [1, 4],
    [2, 4],
    [4, 100],
    [8, 4],
  ] as const) {
    if (flags & flag) next += size;
  }
  const count = frames === undefined ? {} : { frames };
  // The extension begins with the encoder's name; what is no name is no extension.
  if (next + 24 > view.length || !/^[A-Za-z][ -~]{3}/.test(text(next, 4))) return count;
  const delays = view.readUIntBE(next + 21, 3);
  const [delay, padding] = [delays >> 12, delays & 0xfff];
  if (delay > MOST_DELAY || padding > MOST_DELAY) return count;
  return { ...count, delay, padding };
}
