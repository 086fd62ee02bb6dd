import { corruptTags } from './tag-change.ts';

const MAXIMUM_COMMENTS = 100_000;

/**
 * A list of comments with changes (Vorbis I, section 5.2): the vendor and all other comments stay byte for byte.
 * @param before the list, without what a codec puts before or behind it; null where there is none
 * @param texts what each comment of a name is to be; null takes it away
 * @param name of the file, for errors
 * @returns the new list, and the bytes that stood behind the old one
 * @throws MediaError 'corrupt'
 */
export function editComments(
  before: Buffer | null,
  texts: ReadonlyMap<string, string | null>,
  name: string,
): { readonly list: Buffer; readonly rest: Buffer } {
  const { vendor, comments, rest } = before
    ? parse(before, name)
    : { vendor: Buffer.from('Tutti'), comments: [], rest: Buffer.alloc(0) };
  const waiting = new Map(texts);
  const kept = comments.flatMap((comment) => {
    const field = nameOf(comment);
    if (!texts.has(field)) return [comment];
    const text = waiting.get(field) ?? null;
    waiting.delete(field);
    return text === null ? [] : [commentOf(field, text)];
  });
  for (const [field, text] of waiting) if (text !== null) kept.push(commentOf(field, text));
  return { list: Buffer.concat([sized(vendor), littleEndian(kept.length), ...kept.map(sized)]), rest };
}

function parse(bytes: Buffer, name: string) {
  let at = 0;
  const next = () => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
    at += 4;
    if (at + length > bytes.length) throw corruptTags(name, 'a comment that ends behind its list');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const vendor = next();
  const count = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
  at += 4;
  if (count > MAXIMUM_COMMENTS) throw corruptTags(name, `a list that claims ${count} comments`);
  const comments = Array.from({ length: count }, next);
  return { vendor, comments, rest: bytes.subarray(at) };
}

function nameOf(comment: Buffer): string {
  return comment.toString('latin1', 0, Math.max(0, comment.indexOf('='))).toUpperCase();
}

function commentOf(field: string, text: string): Buffer {
  return Buffer.from(`${field}=${text}`, 'utf8');
}

function sized(bytes: Buffer): Buffer {
  return Buffer.concat([littleEndian(bytes.length), bytes]);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
