import { atSeconds, type Warnings } from '../../warnings.ts';
import type { ByteWindow } from '../byte-window.ts';
import { id3v2Length } from '../id3.ts';
import { type FrameHeader, isSameStream, parseFrameHeader } from './frame-header.ts';

export interface Mp3Frame {
  readonly header: FrameHeader;
  /** Good until more is read. */
  readonly bytes: Uint8Array;
  /** Something was skipped before it: it does not follow on the last one. */
  readonly afterGap: boolean;
}

/** No frame is longer; with this much in the window, one frame and the header of the next can be seen. */
const ENOUGH_BYTES = 8192;

/**
 * Walks from frame to frame, over tags silently, over anything else with a warning. There are 40 frames in a second:
 * what has been read is walked through without waiting.
 */
export class Mp3FrameReader {
  readonly #window: ByteWindow;
  readonly #first: FrameHeader;
  readonly #warnings: Warnings;
  /** The window as it was when it was last filled, and where in it the walk is. */
  #bytes: Uint8Array;
  #at = 0;
  #allRead = false;
  #samples = 0;
  #gap = false;

  constructor(window: ByteWindow, first: FrameHeader, warnings: Warnings) {
    this.#window = window;
    this.#first = first;
    this.#warnings = warnings;
    this.#bytes = window.bytes;
  }

  /** Reads on. To be called when `next` says so. */
  async read(): Promise<void> {
    this.#window.advance(this.#at);
    this.#allRead = !(await this.#window.fill());
    this.#bytes = this.#window.bytes;
    this.#at = 0;
  }

  /** The next frame; 'unread' when more has to be read for that, null at the end. */
  next(): Mp3Frame | 'unread' | null {
    for (;;) {
      const left = this.#bytes.length - this.#at;
      if (left < ENOUGH_BYTES && !this.#allRead) return 'unread';
      if (left <= 0) return null;
      const header = parseFrameHeader(this.#bytes, this.#at);
      if (header && header.bytes > 0 && isSameStream(header, this.#first)) {
        if (header.bytes > left) {
          this.#warnings.add(`the file was cut off in the middle of a frame at ${this.#time()}`);
          return null;
        }
        const bytes = this.#bytes.subarray(this.#at, this.#at + header.bytes);
        const afterGap = this.#gap;
        this.#gap = false;
        this.#samples += header.frames;
        this.#at += header.bytes;
        return { header, bytes, afterGap };
      }
      const rest = this.#bytes.subarray(this.#at);
      const tag = tagLength(rest);
      if (tag > 0) this.#at += tag;
      else if (!this.#skip(rest)) return null;
    }
  }

  #time(): string {
    return atSeconds(this.#samples, this.#first.sampleRate);
  }

  /** Goes to the next byte where frames of the stream begin again; false when another stream begins first. */
  #skip(bytes: Uint8Array): boolean {
    for (let at = bytes.indexOf(0xff, 1); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const header = parseFrameHeader(bytes, at);
      if (!header || header.bytes === 0) continue;
      const next = parseFrameHeader(bytes, at + header.bytes);
      const last = at + header.bytes + 4 > bytes.length && this.#window.atEnd;
      if (!last && !(next && isSameStream(header, next))) continue;
      if (isSameStream(header, this.#first)) {
        this.#passOver(at);
        return true;
      }
      if (!last && header.layer === 3) {
        this.#warnings.add(
          `the format changes at ${this.#time()} to ${header.sampleRate} Hz: what follows was left out`,
        );
        return false;
      }
    }
    this.#passOver(Math.max(1, bytes.length - 3));
    return true;
  }

  #passOver(count: number): void {
    if (!this.#gap) this.#warnings.add(`data that is no MP3 frame at ${this.#time()} was left out`);
    this.#gap = true;
    this.#at += count;
  }
}

/** Length of the tag that begins here (ID3v1, ID3v2, APE), or 0. */
function tagLength(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32));
  const text = view.toString('latin1');
  if (text.startsWith('TAG')) return 128;
  if (text.startsWith('ID3')) return id3v2Length(view);
  if (text.startsWith('APETAGEX') && view.length >= 32) return 32 + (view.readUInt32LE(12) & 0xfff_ffff);
  // Padding between frames and tags.
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++;
  return zeros === bytes.length || (zeros > 0 && startsTag(bytes, zeros)) ? zeros : 0;
}

function startsTag(bytes: Uint8Array, at: number): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(8, bytes.length - at)).toString('latin1');
  return text.startsWith('TAG') || text.startsWith('APETAGEX');
}
