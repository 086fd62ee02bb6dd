import type { FileBytes } from '../../decode/file-bytes.ts';
import { id3v2Length } from '../../decode/id3.ts';
import { MAXIMUM_CHUNKS } from '../../limits.ts';
import { editId3 } from './id3/edit-id3.ts';
import { type Splice, spliceBetween } from './splice.ts';
import { cannotWrite, corruptTags, requireTagSize, type TagChanges } from './tag-change.ts';

const FORM_HEAD_BYTES = 12;
const HEAD_BYTES = 8;
const LARGEST_FORM = 2 ** 32 - 1;

interface Chunk {
  readonly id: string;
  readonly position: number;
  /** Bytes of its content, without the one that makes it even. */
  readonly length: number;
}

/**
 * Changes the ID3v2 tag in its chunk of a WAV or AIFF file, or adds that chunk behind the others.
 * @param start byte of the form's head
 */
export async function editChunks(file: FileBytes, start: number, changes: TagChanges): Promise<Splice[]> {
  const head = await file.read(start, FORM_HEAD_BYTES);
  const kind = head.toString('latin1', 0, 4);
  if (kind !== 'RIFF' && kind !== 'FORM') throw cannotWrite(file.name, `${kind} files are read only`);
  const isLittle = kind === 'RIFF';
  const read = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const size = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (isLittle) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };

  const end = start + HEAD_BYTES + read(head, 4);
  if (end > file.size)
    throw cannotWrite(file.name, `it ends before its ${kind} does, so that its chunks are not certain`);
  let found: Chunk | undefined;
  let at = start + FORM_HEAD_BYTES;
  for (let count = 0; at + HEAD_BYTES <= end; count++) {
    if (count === MAXIMUM_CHUNKS) throw corruptTags(file.name, `more than ${MAXIMUM_CHUNKS} chunks`);
    const chunk = await file.read(at, HEAD_BYTES);
    const [id, length] = [chunk.toString('latin1', 0, 4), read(chunk, 4)];
    if (at + HEAD_BYTES + length > end)
      throw corruptTags(file.name, `the chunk ${JSON.stringify(id)} ends behind its form`);
    if (/^id3 $/i.test(id)) found ??= { id, position: at, length };
    at += HEAD_BYTES + length + (length % 2);
  }

  const position = found?.position ?? Math.min(at, end);
  const length = found ? HEAD_BYTES + found.length + (found.length % 2) : 0;
  requireTagSize(file.name, length);
  const before = await file.read(position, length);
  const tag = found && before.subarray(HEAD_BYTES, HEAD_BYTES + found.length);
  const whole = tag ? id3v2Length(tag) : 0;
  if (tag && (whole === 0 || whole > tag.length)) throw corruptTags(file.name, 'its ID3 chunk holds no whole tag');
  const edited = editId3(tag?.subarray(0, whole) ?? null, changes, file.name);
  if (!edited) return [];
  const id = found?.id ?? (isLittle ? 'id3 ' : 'ID3 ');
  // A form whose last chunk is odd may lack the byte that makes it even.
  const missing = found ? 0 : at - position;
  const after = Buffer.concat([
    Buffer.alloc(missing),
    Buffer.from(id, 'latin1'),
    size(edited.length),
    edited,
    Buffer.alloc(edited.length % 2),
  ]);
  const form = end - start - HEAD_BYTES + after.length - before.length;
  if (form > LARGEST_FORM) throw cannotWrite(file.name, 'it would become larger than a file of its kind can be');
  return [...spliceBetween(start + 4, head.subarray(4, 8), size(form)), ...spliceBetween(position, before, after)];
}
