import type { FileBytes } from '../../decode/file-bytes.ts';
import { id3v2Length } from '../../decode/id3.ts';
import { editId3 } from './id3/edit-id3.ts';
import { type Splice, spliceBetween } from './splice.ts';
import { requireTagSize, type TagChanges } from './tag-change.ts';

/** Changes the ID3v2 tag that an MPEG file begins with, or puts one there. */
export async function editMp3(file: FileBytes, changes: TagChanges): Promise<Splice[]> {
  const length = id3v2Length(await file.read(0, 10));
  requireTagSize(file.name, length);
  // A tag that claims to be longer than the file is none.
  const before = length > 0 && length < file.size ? await file.read(0, length) : null;
  const after = editId3(before, changes, file.name);
  return after ? spliceBetween(0, before ?? Buffer.alloc(0), after) : [];
}
