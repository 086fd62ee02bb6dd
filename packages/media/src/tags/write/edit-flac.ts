import type { FileBytes } from '../../decode/file-bytes.ts';
import { namedTexts } from './named-texts.ts';
import { type Splice, spliceBetween } from './splice.ts';
import { corruptTags, requireTagSize, type TagChanges } from './tag-change.ts';
import { editComments } from './vorbis-comments.ts';

const MARKER_BYTES = 4;
const HEAD_BYTES = 4;
const PADDING = 1;
const COMMENTS = 4;
const LAST = 0x80;
const MAXIMUM_BLOCKS = 10_000;
/** Left free when there is no padding, so that the next change need not move the sound. */
const SPARE_BYTES = 1024;

interface Block {
  readonly type: number;
  readonly body: Buffer;
}

/**
 * Changes the comments of a FLAC file (RFC 9639, section 8): padding gives or takes the difference where it can.
 * @param start byte of the marker `fLaC`
 */
export async function editFlac(file: FileBytes, start: number, changes: TagChanges): Promise<Splice[]> {
  const blocks = await readBlocks(file, start + MARKER_BYTES);
  const before = written(blocks);
  const index = blocks.findIndex(({ type }) => type === COMMENTS);
  const { list, rest } = editComments(blocks[index]?.body ?? null, namedTexts(changes, 'vorbis'), file.name);
  const body = Buffer.concat([list, rest]);
  const edited =
    index < 0 ? blocks.toSpliced(1, 0, { type: COMMENTS, body }) : blocks.with(index, { type: COMMENTS, body });
  const after = written(withPadding(edited, before.length));
  requireTagSize(file.name, after.length);
  return spliceBetween(start + MARKER_BYTES, before, after);
}

async function readBlocks(file: FileBytes, start: number): Promise<Block[]> {
  const blocks: Block[] = [];
  let at = start;
  for (let isLast = false; !isLast; ) {
    const head = await file.read(at, HEAD_BYTES);
    if (head.length < HEAD_BYTES) throw corruptTags(file.name, 'its metadata blocks have no end');
    const length = head.readUIntBE(1, 3);
    requireTagSize(file.name, at - start + length);
    const body = await file.read(at + HEAD_BYTES, length);
    if (body.length < length) throw corruptTags(file.name, 'a metadata block ends behind the file');
    if (blocks.length === MAXIMUM_BLOCKS) throw corruptTags(file.name, `more than ${MAXIMUM_BLOCKS} metadata blocks`);
    blocks.push({ type: head[0]! & ~LAST, body });
    isLast = (head[0]! & LAST) !== 0;
    at += HEAD_BYTES + length;
  }
  return blocks;
}

function written(blocks: readonly Block[]): Buffer {
  return Buffer.concat(
    blocks.flatMap(({ type, body }, index) => {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeUIntBE(body.length, 1, 3);
      head[0] = type | (index === blocks.length - 1 ? LAST : 0);
      return [head, body];
    }),
  );
}

/** The first padding is made longer or shorter so that all blocks have `room` bytes as before. */
function withPadding(blocks: readonly Block[], room: number): Block[] {
  const index = blocks.findIndex(({ type }) => type === PADDING);
  const size = blocks.reduce((sum, { body }) => sum + HEAD_BYTES + body.length, 0);
  if (index < 0) return size > room ? [...blocks, { type: PADDING, body: Buffer.alloc(SPARE_BYTES) }] : [...blocks];
  const left = blocks[index]!.body.length + room - size;
  return blocks.with(index, { type: PADDING, body: Buffer.alloc(left >= 0 ? left : SPARE_BYTES) });
}
