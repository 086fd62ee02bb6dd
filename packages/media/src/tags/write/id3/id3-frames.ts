import { OBJECT_TYPE } from '../tag-names.data.ts';
import { type Id3Frame, type Id3Tag, resynchronised, synchsafeBytes, unsynchronised } from './id3-tag.ts';

const LATIN_1 = 0;
const UTF_16 = 1;
const UTF_8 = 3;
const LANGUAGE = 'eng';

/** A text in the first encoding that can say it: Latin-1, then what the version has. */
function encoded(text: string, version: Id3Tag['version']): { readonly encoding: number; readonly bytes: Buffer } {
  if (/^[\x20-\x7e\xa0-\xff]*$/.test(text)) return { encoding: LATIN_1, bytes: Buffer.from(text, 'latin1') };
  if (version === 4) return { encoding: UTF_8, bytes: Buffer.from(text, 'utf8') };
  return { encoding: UTF_16, bytes: Buffer.from(`\ufeff${text}`, 'utf16le') };
}

/** Zero of as many bytes as a character of the encoding. */
const ends = (encoding: number) => Buffer.alloc(encoding === UTF_16 ? 2 : 1);

/** @param description null for a plain text frame; else what tells frames of one name apart */
export function textFrame(
  tag: Id3Tag,
  id: string,
  description: string | null,
  text: string,
  before?: Id3Frame,
): Id3Frame {
  const { encoding, bytes } = encoded(text, tag.version);
  const head: Buffer[] = [Buffer.from([encoding])];
  if (id.startsWith('COM')) head.push(languageOf(before, tag) ?? Buffer.from(LANGUAGE, 'latin1'));
  if (description !== null) {
    const marked =
      encoding === UTF_16 ? Buffer.from(`\ufeff${description}`, 'utf16le') : Buffer.from(description, 'latin1');
    head.push(marked, ends(encoding));
  }
  return frameOf(tag, id, Buffer.concat([...head, bytes]));
}

/** An object of bytes with its description (GEOB). */
export function objectFrame(tag: Id3Tag, description: string, content: Uint8Array): Id3Frame {
  const head = Buffer.from(`\0${OBJECT_TYPE}\0\0${description}\0`, 'latin1');
  return frameOf(tag, tag.version === 2 ? 'GEO' : 'GEOB', Buffer.concat([head, content]));
}

function frameOf({ version, unsynchronised: all }: Id3Tag, id: string, body: Buffer): Id3Frame {
  const name = Buffer.from(id, 'latin1');
  if (version === 2) {
    const size = Buffer.alloc(3);
    size.writeUIntBE(body.length, 0, 3);
    return { id, bytes: Buffer.concat([name, size, body]) };
  }
  const content = all ? unsynchronised(body) : body;
  const size = Buffer.alloc(4);
  if (version === 4) size.set(synchsafeBytes(content.length));
  else size.writeUInt32BE(content.length);
  return { id, bytes: Buffer.concat([name, size, Buffer.from([0, all ? 0x02 : 0]), content]) };
}

/** What a frame holds; undefined where it is compressed or encrypted. */
function contentOf({ bytes }: Id3Frame, { version, unsynchronised: all }: Id3Tag): Buffer | undefined {
  if (version === 2) return bytes.subarray(6);
  const flags = bytes[9]!;
  const content = bytes.subarray(10);
  if (version === 3) return flags & 0xc0 ? undefined : content.subarray(flags & 0x20 ? 1 : 0);
  if (flags & 0x0c) return undefined;
  const plain = content.subarray((flags & 0x40 ? 1 : 0) + (flags & 0x01 ? 4 : 0));
  return all || flags & 0x02 ? resynchronised(plain) : plain;
}

function languageOf(frame: Id3Frame | undefined, tag: Id3Tag): Buffer | undefined {
  const language = frame && contentOf(frame, tag)?.subarray(1, 4);
  return language?.length === 3 ? language : undefined;
}

/** The description of a frame that has one: a user's text, a comment, an object. */
function descriptionOf(frame: Id3Frame, tag: Id3Tag): string | undefined {
  const content = contentOf(frame, tag);
  if (!content?.length) return undefined;
  const encoding = content[0]!;
  let at = 1;
  if (frame.id.startsWith('COM')) at += 3;
  if (frame.id.startsWith('GEO')) {
    // Its media type is Latin-1 always; the name of the file is in the encoding.
    at = content.indexOf(0, at) + 1;
    if (at === 0) return undefined;
    at = endOf(content, at, encoding) + ends(encoding).length;
  }
  const text = content.subarray(at, endOf(content, at, encoding));
  if (encoding === LATIN_1 || encoding === UTF_8) return text.toString(encoding === UTF_8 ? 'utf8' : 'latin1');
  const isBigEndian = encoding === 2 || (text[0] === 0xfe && text[1] === 0xff);
  const even = Buffer.from(text.subarray(0, text.length - (text.length % 2)));
  return (isBigEndian ? even.swap16() : even).toString('utf16le').replace(/^\ufeff/, '');
}

/** Where the text that begins at `at` ends: before its zero, or at the end. */
function endOf(content: Buffer, at: number, encoding: number): number {
  if (encoding === LATIN_1 || encoding === UTF_8) {
    const found = content.indexOf(0, at);
    return found < 0 ? content.length : found;
  }
  for (let i = at; i + 1 < content.length; i += 2) if (content[i] === 0 && content[i + 1] === 0) return i;
  return content.length;
}

/** Whether a frame is what a change is about. */
export function isFrame(frame: Id3Frame, tag: Id3Tag, id: string, description: string | null): boolean {
  if (frame.id !== id) return false;
  return description === null || descriptionOf(frame, tag)?.toUpperCase() === description.toUpperCase();
}
