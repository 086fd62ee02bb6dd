import type { FileBytes } from '../../decode/file-bytes.ts';
import { oggPageCrc } from '../../decode/ogg/ogg-crc.ts';
import { cannotWrite, corruptTags } from './tag-change.ts';

const HEADER_BYTES = 27;
const LARGEST_PAGE = HEADER_BYTES + 255 + 255 * 255;
const SEGMENT = 255;
const CONTINUED = 1;
const FIRST = 2;

/** A page and where it lies (RFC 3533, section 6). */
export interface PlacedPage {
  readonly position: number;
  readonly bytes: Buffer;
}

/** All pages of a file with one stream at a time, whole and in order. @throws MediaError 'corrupt', 'unsupported' */
export async function* placedPages(file: FileBytes, start: number): AsyncGenerator<PlacedPage> {
  for (let position = start; position < file.size; ) {
    const bytes = await file.read(position, LARGEST_PAGE);
    const segments = bytes[26] ?? 0;
    let length = HEADER_BYTES + segments;
    for (const segment of bytes.subarray(HEADER_BYTES, length)) length += segment;
    const isWhole = bytes.toString('latin1', 0, 4) === 'OggS' && bytes.length >= length && bytes[4] === 0;
    const page = bytes.subarray(0, length);
    if (!isWhole || oggPageCrc(page) !== page.readUInt32LE(22)) {
      throw corruptTags(file.name, `no whole Ogg page at byte ${position}`);
    }
    yield { position, bytes: page };
    position += length;
  }
}

export const serialOf = ({ bytes }: PlacedPage): number => bytes.readUInt32LE(14);
export const sequenceOf = ({ bytes }: PlacedPage): number => bytes.readUInt32LE(18);
export const isFirst = ({ bytes }: PlacedPage): boolean => (bytes[5]! & FIRST) !== 0;

/** The packets that lie on pages; `open` is what a last one has so far that goes on behind them. */
export function packetsOn(pages: readonly PlacedPage[]): { readonly packets: Buffer[]; readonly open: boolean } {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const { bytes } of pages) {
    const segments = bytes[26]!;
    let at = HEADER_BYTES + segments;
    for (const segment of bytes.subarray(HEADER_BYTES, at)) {
      parts.push(bytes.subarray(at, at + segment));
      at += segment;
      if (segment < SEGMENT) {
        packets.push(Buffer.concat(parts));
        parts = [];
      }
    }
  }
  return { packets, open: parts.length > 0 };
}

/** Pages of a stream that hold header packets and nothing else, as few as possible. */
export function headerPages(packets: readonly Buffer[], serial: number, sequence: number): Buffer[] {
  const pages: Buffer[] = [];
  let lacing: number[] = [];
  let parts: Buffer[] = [];
  let isContinued = false;
  const close = (endsPacket: boolean, goesOn: boolean) => {
    const head = Buffer.alloc(HEADER_BYTES + lacing.length);
    head.write('OggS', 0, 'latin1');
    head[5] = isContinued ? CONTINUED : 0;
    // Headers end at 0; a page on which no packet ends says -1.
    head.writeBigInt64LE(endsPacket ? 0n : -1n, 6);
    head.writeUInt32LE(serial, 14);
    head.writeUInt32LE(sequence + pages.length, 18);
    head[26] = lacing.length;
    head.set(lacing, HEADER_BYTES);
    const page = Buffer.concat([head, ...parts]);
    page.writeUInt32LE(oggPageCrc(page), 22);
    pages.push(page);
    [lacing, parts, isContinued] = [[], [], goesOn];
  };
  let endsPacket = false;
  for (const packet of packets) {
    for (let at = 0; at <= packet.length; at += SEGMENT) {
      if (lacing.length === SEGMENT) {
        close(endsPacket, at > 0);
        endsPacket = false;
      }
      const part = packet.subarray(at, at + SEGMENT);
      lacing.push(part.length);
      parts.push(part);
    }
    endsPacket = true;
  }
  if (lacing.length > 0) close(endsPacket, false);
  return pages;
}

/** What becomes of a page's sequence number and check when pages before it come or go: eight bytes at byte 18 of it. */
export function renumbered({ bytes }: PlacedPage, by: number): Buffer {
  const page = Buffer.from(bytes);
  page.writeUInt32LE((page.readUInt32LE(18) + by) >>> 0, 18);
  page.writeUInt32LE(oggPageCrc(page), 22);
  return page.subarray(18, 26);
}

/** How many packets of a stream are headers, and how its comments are wrapped, by its first packet. */
export interface HeaderLayout {
  readonly headers: number;
  /** Bytes before the comments in the second packet. */
  readonly prefix: number;
  readonly isOpus: boolean;
}

export function headerLayout(first: Buffer, name: string): HeaderLayout {
  const begins = (text: string) => first.toString('latin1', 0, text.length) === text;
  if (begins('\x01vorbis')) return { headers: 3, prefix: 7, isOpus: false };
  if (begins('OpusHead')) return { headers: 2, prefix: 8, isOpus: true };
  // Its head is that of a FLAC metadata block; how many follow is in the first packet, 0 for not said.
  if (begins('\x7fFLAC') && first.readUInt16BE(7) > 0)
    return { headers: 1 + first.readUInt16BE(7), prefix: 4, isOpus: false };
  throw cannotWrite(name, 'the sound in this Ogg file is none of Vorbis, Opus and FLAC');
}
