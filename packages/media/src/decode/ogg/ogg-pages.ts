import type { Warnings } from '../../warnings.ts';
import { ByteWindow } from '../byte-window.ts';
import type { FileBytes } from '../file-bytes.ts';
import { oggPageCrc } from './ogg-crc.ts';

const HEADER_BYTES = 27;
const CAPTURE = Buffer.from('OggS', 'latin1');

/** One page (RFC 3533, section 6). `body` is good until the next page is asked for. */
export interface OggPage {
  readonly serial: number;
  readonly sequence: number;
  /** Position of the last packet that ends on the page, in the codec's units; -1 when none ends here. */
  readonly granule: number;
  readonly continued: boolean;
  readonly first: boolean;
  readonly last: boolean;
  /** Lengths of the segments that packets are laced into. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

/** The pages of a file, from `start` on. Damaged ones and what is no page are reported and skipped. */
export async function* readOggPages(
  file: FileBytes,
  start: number,
  warnings: Warnings,
): AsyncGenerator<OggPage, void, undefined> {
  const window = new ByteWindow(file, start);
  let inJunk = false;
  const junk = (what: string) => {
    if (!inJunk) warnings.add(`${what} at byte ${window.position}`);
    inJunk = true;
  };
  for (;;) {
    if (window.bytes.length < HEADER_BYTES + 255 + 255 * 255) await window.fill();
    const bytes = window.bytes;
    if (bytes.length < HEADER_BYTES) {
      if (bytes.length > 0) junk('no Ogg page');
      return;
    }
    const page = parsePage(bytes);
    if (typeof page === 'object') {
      inJunk = false;
      yield page;
      window.advance(HEADER_BYTES + page.lacing.length + page.body.length);
      continue;
    }
    junk(
      page === 'cut' ? 'the file was cut off inside the Ogg page' : page === 'crc' ? 'damaged Ogg page' : 'no Ogg page',
    );
    if (page === 'cut') return;
    const next = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(CAPTURE, 1);
    window.advance(next > 0 ? next : Math.max(1, bytes.length - 3));
  }
}

function parsePage(bytes: Uint8Array): OggPage | 'cut' | 'crc' | 'junk' {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!view.subarray(0, 4).equals(CAPTURE) || view[4] !== 0) return 'junk';
  const segments = view[26]!;
  if (bytes.length < HEADER_BYTES + segments) return 'cut';
  const lacing = bytes.subarray(HEADER_BYTES, HEADER_BYTES + segments);
  let length = HEADER_BYTES + segments;
  for (const segment of lacing) length += segment;
  if (bytes.length < length) return 'cut';
  if (oggPageCrc(bytes.subarray(0, length)) !== view.readUInt32LE(22)) return 'crc';
  const flags = view[5]!;
  return {
    serial: view.readUInt32LE(14),
    sequence: view.readUInt32LE(18),
    granule: Number(view.readBigInt64LE(6)),
    continued: (flags & 1) !== 0,
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    lacing,
    body: bytes.subarray(HEADER_BYTES + segments, length),
  };
}
