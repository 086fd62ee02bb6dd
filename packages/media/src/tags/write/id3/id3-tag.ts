import { synchsafe } from '../../../decode/id3.ts';
import { corruptTags } from '../tag-change.ts';

/** A frame with its header, byte for byte. */
export interface Id3Frame {
  readonly id: string;
  readonly bytes: Buffer;
}

/** An ID3v2 tag (id3.org: ID3v2.2, 2.3, 2.4). */
export interface Id3Tag {
  readonly version: 2 | 3 | 4;
  /** All frames are unsynchronised; in 2.4 only, elsewhere it is undone on reading. */
  readonly unsynchronised: boolean;
  readonly frames: readonly Id3Frame[];
}

export const HEADER_BYTES = 10;
const UNSYNCHRONISED = 0x80;
const EXTENDED = 0x40;
const COMPRESSED_2_2 = 0x40;
const FOOTER = 0x10;
/** Left free behind the frames when a tag has to grow, so that the next change need not move the sound. */
const SPARE_BYTES = 1024;

export function synchsafeBytes(value: number): readonly number[] {
  return [21, 14, 7, 0].map((shift) => Math.floor(value / 2 ** shift) % 128);
}

/** Takes away the zero that was put behind every 0xff (ID3v2.3, section 5). */
export function resynchronised(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    out[length++] = bytes[i]!;
    if (bytes[i] === 0xff && bytes[i + 1] === 0) i++;
  }
  return out.subarray(0, length);
}

/** Puts a zero behind every 0xff that could be taken for the start of sound. */
export function unsynchronised(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    out.push(bytes[i]!);
    const next = bytes[i + 1];
    if (bytes[i] === 0xff && (next === undefined || next === 0 || next >= 0xe0)) out.push(0);
  }
  return Buffer.from(out);
}

/**
 * Takes a tag apart.
 * @param bytes the whole tag, its header included
 * @param name of the file, for errors
 * @throws MediaError 'corrupt'
 */
export function parseId3(bytes: Buffer, name: string): Id3Tag {
  const version = bytes[3]!;
  const flags = bytes[5]!;
  if (version !== 2 && version !== 3 && version !== 4) throw corruptTags(name, `ID3v2.${version} is not known`);
  if (version === 2 && flags & COMPRESSED_2_2) throw corruptTags(name, 'a compressed ID3v2.2 tag');
  if (flags & FOOTER) throw corruptTags(name, 'an ID3v2 tag with a footer, as only appended ones have');
  const isUnsynchronised = (flags & UNSYNCHRONISED) !== 0;
  const content = bytes.subarray(HEADER_BYTES);
  const body = isUnsynchronised && version < 4 ? resynchronised(content) : content;
  const start = version > 2 && flags & EXTENDED ? extendedLength(body, version) : 0;
  const frames = framesOf(body.subarray(start), version);
  if (frames === undefined) throw corruptTags(name, 'an ID3v2 frame that ends behind its tag');
  return { version, unsynchronised: isUnsynchronised && version === 4, frames };
}

/** Bytes of the extended header. What it says, a checksum and the padding's length, is not true of a changed tag. */
function extendedLength(body: Buffer, version: Id3Tag['version']): number {
  if (body.length < 4) return 0;
  return version === 4 ? synchsafe(body, 0) : 4 + body.readUInt32BE(0);
}

/** The frames up to the padding; undefined when they do not fit. Some programs write plain lengths into 2.4: they are mended. */
function framesOf(body: Buffer, version: Id3Tag['version']): Id3Frame[] | undefined {
  if (version === 2) return framesBy(body, version, (at) => body.readUIntBE(at, 3));
  const plain = framesBy(body, version, (at) => body.readUInt32BE(at));
  if (version === 3) return plain;
  const rightly = framesBy(body, version, (at) => synchsafe(body, at));
  if (rightly) return rightly;
  for (const { bytes } of plain ?? []) bytes.set(synchsafeBytes(bytes.length - HEADER_BYTES), 4);
  return plain;
}

function framesBy(body: Buffer, version: 2 | 3 | 4, lengthAt: (at: number) => number): Id3Frame[] | undefined {
  const [letters, header] = version === 2 ? [3, 6] : [4, 10];
  const frames: Id3Frame[] = [];
  let at = 0;
  while (at + header <= body.length && body[at] !== 0) {
    const id = body.toString('latin1', at, at + letters);
    const end = at + header + lengthAt(at + letters);
    if (!/^[A-Z][A-Z0-9 ]+$/.test(id) || end > body.length) return undefined;
    frames.push({ id, bytes: Buffer.from(body.subarray(at, end)) });
    at = end;
  }
  return body.subarray(at).every((byte) => byte === 0) ? frames : undefined;
}

/**
 * Puts a tag together, with zeros up to the room it had; where that is not enough, with some to spare.
 * @param room bytes of the tag as it was; 0 for a new one
 */
export function id3Bytes({ version, unsynchronised: all, frames }: Id3Tag, room: number): Buffer {
  const content = Buffer.concat(frames.map(({ bytes }) => bytes));
  const needed = HEADER_BYTES + content.length;
  const size = needed <= room ? room : needed + SPARE_BYTES;
  const flags = all ? UNSYNCHRONISED : 0;
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, flags, ...synchsafeBytes(size - HEADER_BYTES)]);
  return Buffer.concat([head, content, Buffer.alloc(size - needed)]);
}
