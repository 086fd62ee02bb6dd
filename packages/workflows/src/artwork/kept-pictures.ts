import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredPicture } from '@tutti/library';
import { copyPicture, examinePicture, type PictureType } from '@tutti/media';
import { userFolder } from '../user-folder.ts';
import { isThere, makeFolder, writeWhole } from '../write-whole.ts';

/** Longest sides of the copies, in pixels: a row of a list, a tile, a page. */
export const ARTWORK_SIZES = [96, 320, 1024] as const;
export type ArtworkSize = (typeof ARTWORK_SIZES)[number];

const ENDINGS: Readonly<Record<PictureType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
};
/** What copies are. */
export const COPY: PictureType = 'image/webp';

/** Where the user's pictures are kept, beside the database of the user's folder, also when the database is on a server. */
export function artworkFolder(): string {
  return join(userFolder(), 'library', 'artwork');
}

type Named = Pick<StoredPicture, 'digest' | 'mediaType'>;

/** Where a picture lies: under its digest, in 256 folders. */
export function picturePath(folder: string, { digest, mediaType }: Named): string {
  return pathOf(folder, digest, `.${ENDINGS[mediaType as PictureType] ?? 'bin'}`);
}

function copyPath(folder: string, digest: Buffer, size: ArtworkSize): string {
  return pathOf(folder, digest, `-${size}.${ENDINGS[COPY]}`);
}

function pathOf(folder: string, digest: Buffer, ending: string): string {
  const name = digest.toString('hex');
  return join(folder, name.slice(0, 2), `${name}${ending}`);
}

export function pictureDigest(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

/**
 * Keeps a picture, once whoever has it. It is decoded whole for the smallest copy: what cannot be shown is not kept.
 * @param name what it is called in messages
 * @throws MediaError 'limit', 'unsupported', 'corrupt'; WorkflowError 'denied' when the folder cannot be written
 */
export async function keepPicture(folder: string, data: Uint8Array, name: string): Promise<StoredPicture> {
  const digest = pictureDigest(data);
  const { mediaType, width, height } = await examinePicture(data, name);
  const picture = { digest, mediaType, width, height, bytes: data.length };
  const path = picturePath(folder, picture);
  const small = copyPath(folder, digest, ARTWORK_SIZES[0]);
  if (!((await isThere(path)) && (await isThere(small)))) {
    const copy = await copyPicture(data, name, COPY, ARTWORK_SIZES[0]);
    await makeFolder(dirname(path));
    await writeWhole(path, data);
    await writeWhole(small, copy);
  }
  return picture;
}

/**
 * The path of a copy of a kept picture, made when it is first asked for.
 * @throws as `keepPicture`; Error 'ENOENT' when the picture is not there
 */
export async function pictureCopy(folder: string, picture: Named, size: ArtworkSize): Promise<string> {
  const path = copyPath(folder, picture.digest, size);
  if (await isThere(path)) return path;
  const original = picturePath(folder, picture);
  await writeWhole(path, await copyPicture(await readFile(original), original, COPY, size));
  return path;
}
