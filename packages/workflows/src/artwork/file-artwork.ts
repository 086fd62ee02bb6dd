import { readFile, realpath } from 'node:fs/promises';
import { extname } from 'node:path';
import { artworkOf, type Database, type FileArtwork, type FilePlace, fileAt, fileById } from '@tutti/library';
import { copyPicture, type PictureType, readTagging } from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import { fullPath } from '../scan/scan-options.ts';
import { isThere, writeWhole } from '../write-whole.ts';
import { besidePictures } from './beside-pictures.ts';
import {
  ARTWORK_SIZES,
  type ArtworkSize,
  COPY,
  keepPicture,
  pictureCopy,
  pictureDigest,
  picturePath,
} from './kept-pictures.ts';

export interface ArtworkRequest {
  /** Where it is written; the ending says as what. */
  readonly out: string;
  /** Longest side in pixels, one of `ARTWORK_SIZES`; as large as it is when absent. */
  readonly size?: number | undefined;
  /** Replaces a file of that name. */
  readonly force: boolean;
}

export interface WrittenArtwork {
  readonly path: string;
  readonly picture: FileArtwork;
}

const TYPES: Readonly<Record<string, PictureType>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
};

/**
 * The pictures of a file in the library, the best first.
 * @throws WorkflowError 'missing' when the library has no such file
 */
export async function fileArtwork(library: Database, path: string): Promise<FileArtwork[]> {
  return artworkOf(library, (await placeOfFile(library, path)).id);
}

/**
 * Writes the best picture of a file of the library.
 * @param folder where pictures are kept
 * @throws WorkflowError 'missing' without such a file or a picture, 'unsupported' for another ending or size, 'denied';
 *   MediaError 'corrupt'
 */
export async function writeArtwork(
  library: Database,
  folder: string,
  path: string,
  { out, size, force }: ArtworkRequest,
): Promise<WrittenArtwork> {
  const type = TYPES[extname(out).toLowerCase()];
  if (type === undefined) {
    throw new WorkflowError('unsupported', `${out}: a picture is written as ${Object.keys(TYPES).join(', ')}`);
  }
  const longest = size === undefined ? undefined : artworkSize(size);
  if (!force && (await isThere(out))) throw new WorkflowError('denied', `${out} is there already: --force replaces it`);
  const file = await placeOfFile(library, path);
  const [picture] = await artworkOf(library, file.id);
  if (picture === undefined) {
    throw new WorkflowError('missing', `the library knows no picture of ${file.name}: tutti scan looks for pictures`);
  }
  const original = await originalOf(folder, file, picture);
  if (type === 'image/webp' && longest !== undefined) {
    await writeWhole(out, await readFile(await pictureCopy(folder, picture, longest)));
  } else {
    const asItIs = type === picture.mediaType && longest === undefined;
    await writeWhole(out, asItIs ? original : await copyPicture(original, file.name, type, longest));
  }
  return { path: out, picture };
}

/** The pictures of a track by its number, the best first. @throws WorkflowError 'missing' */
export async function picturesById(library: Database, id: number): Promise<FileArtwork[]> {
  return artworkOf(library, (await placeById(library, id)).id);
}

/** A picture as it is sent. */
export interface PictureBytes {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: Buffer;
}

/**
 * A picture of a track.
 * @param folder where pictures are kept
 * @param which its digest, in hexadecimal digits; the best one when absent
 * @param size longest side of a copy, in pixels; as it is when absent
 * @throws WorkflowError 'missing'; MediaError 'corrupt'
 */
export async function pictureById(
  library: Database,
  folder: string,
  id: number,
  which: string | undefined,
  size: ArtworkSize | undefined,
): Promise<PictureBytes> {
  const file = await placeById(library, id);
  const pictures = await artworkOf(library, file.id);
  const picture = which === undefined ? pictures[0] : pictures.find(({ digest }) => digest.toString('hex') === which);
  if (picture === undefined) {
    throw new WorkflowError('missing', `the library knows no such picture of ${file.name}: a scan looks for pictures`);
  }
  const { digest, mediaType } = picture;
  if (size === undefined) return { bytes: await originalOf(folder, file, picture), mediaType, digest };
  const copy = async () => readFile(await pictureCopy(folder, picture, size));
  const bytes = await copy().catch(async () => {
    await originalOf(folder, file, picture);
    return copy();
  });
  return { bytes, mediaType: COPY, digest };
}

async function placeById(library: Database, id: number): Promise<FilePlace> {
  const file = await fileById(library, id);
  if (file === undefined) throw new WorkflowError('missing', `the library has no track ${id}`);
  return file;
}

function artworkSize(size: number): ArtworkSize {
  const known = ARTWORK_SIZES.find((one) => one === size);
  if (known !== undefined) return known;
  throw new WorkflowError(
    'unsupported',
    `there are no copies of ${size} pixels: sizes are ${ARTWORK_SIZES.join(', ')}`,
  );
}

async function placeOfFile(library: Database, path: string): Promise<FilePlace> {
  const real = await realpath(path, { encoding: 'buffer' }).catch(() => undefined);
  const file = real && (await fileAt(library, real));
  if (file) return file;
  const why = real === undefined ? 'there is no such file' : 'the library does not have it; tutti scan takes files in';
  throw new WorkflowError('missing', `${path}: ${why}`);
}

/**
 * The bytes of a picture. One that is no longer kept, because its folder was lost or never came with a backup, is taken from
 * where it was found.
 */
async function originalOf(folder: string, file: FilePlace, picture: FileArtwork): Promise<Uint8Array> {
  const kept = await readFile(picturePath(folder, picture)).catch(() => undefined);
  if (kept !== undefined && pictureDigest(kept).equals(picture.digest)) return kept;
  for await (const data of picturesWhereFound(file)) {
    if (!pictureDigest(data).equals(picture.digest)) continue;
    await keepPicture(folder, data, file.name);
    return data;
  }
  const what = `the picture of ${file.name} is neither kept nor where it was found any more`;
  throw new WorkflowError('missing', `${what}: tutti scan looks for pictures again`);
}

async function* picturesWhereFound({ root, path, pictures }: FilePlace): AsyncGenerator<Uint8Array> {
  const tagging = await readTagging(fullPath(root, path), true).catch(() => undefined);
  for (const { data } of tagging?.pictures ?? []) yield data;
  for (const [hex] of besidePictures(pictures)) {
    const data = await readFile(fullPath(root, Buffer.from(hex, 'hex'))).catch(() => undefined);
    if (data !== undefined) yield data;
  }
}
