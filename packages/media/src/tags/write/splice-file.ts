import { createHash } from 'node:crypto';
import { chmod, realpath, stat } from 'node:fs/promises';
import { FileBytes } from '../../decode/file-bytes.ts';
import { TargetFile } from '../../encode/target-file.ts';
import { MediaError, toMediaError } from '../../errors.ts';
import { CHUNK_BYTES } from '../../limits.ts';
import { stampOf } from '../../walk/file-stamp.ts';
import type { Splice } from './splice.ts';

/** What became of a file. */
export interface SplicedFile {
  /** SHA-256 of the whole file, hexadecimal. */
  readonly before: string;
  readonly after: string;
  /** What makes it again what it was. */
  readonly undo: readonly Splice[];
}

/**
 * Replaces a file by itself with splices, whole or not at all; a link stays one, permissions stay.
 * @param splices in order, not overlapping
 * @param check looks at the new file before it takes the old one's name, and throws when it is not as it should be
 * @throws MediaError 'denied' (no right to write, the disk is full), 'missing', 'corrupt' (the file changed meanwhile)
 */
export async function spliceFile(
  path: string,
  splices: readonly Splice[],
  check: (temporary: string, spliced: SplicedFile) => Promise<void>,
): Promise<SplicedFile> {
  const real = await realpath(path).catch((error: unknown) => {
    throw toMediaError(error, path, 'write');
  });
  const found = await stat(real);
  const file = await FileBytes.open(real);
  const target = await TargetFile.create(real, true).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  try {
    const spliced = await copyWith(file, splices, target);
    await chmod(target.temporaryPath, found.mode);
    await target.flush();
    await check(target.temporaryPath, spliced);
    const now = stampOf(await stat(real));
    const then = stampOf(found);
    if (now.size !== then.size || now.modifiedUs !== then.modifiedUs) {
      throw new MediaError('corrupt', `${path} was written to meanwhile; it is left as it is`, { path });
    }
    await target.commit();
    return spliced;
  } catch (error) {
    throw toMediaError(error, path, 'write');
  } finally {
    await target.discard();
    await file.close();
  }
}

async function copyWith(file: FileBytes, splices: readonly Splice[], target: TargetFile): Promise<SplicedFile> {
  const [before, after] = [createHash('sha256'), createHash('sha256')];
  const undo: Splice[] = [];
  let at = 0;
  const copyTo = async (end: number) => {
    while (at < end) {
      const bytes = await file.read(at, Math.min(CHUNK_BYTES, end - at));
      if (bytes.length === 0)
        throw new MediaError('corrupt', `${file.name} became shorter meanwhile`, { path: file.name });
      before.update(bytes);
      after.update(bytes);
      await target.append(bytes);
      at += bytes.length;
    }
  };
  for (const { position, removed, inserted } of splices) {
    await copyTo(position);
    const gone = await file.read(at, removed);
    undo.push({ position: target.length, removed: inserted.length, inserted: gone });
    before.update(gone);
    after.update(inserted);
    await target.append(inserted);
    at += removed;
  }
  await copyTo(file.size);
  return { before: before.digest('hex'), after: after.digest('hex'), undo };
}
