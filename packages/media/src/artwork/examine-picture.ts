import type { Sharp } from 'sharp';
import { MediaError } from '../errors.ts';

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** A picture as it lies in a file. */
export interface Picture {
  readonly mediaType: PictureType;
  /** Pixels, as it is meant to be seen. */
  readonly width: number;
  readonly height: number;
}

/** Of one picture. A scan of a sleeve at 600 dpi has 8 million pixels and some megabytes. */
export const MAXIMUM_PICTURE_BYTES = 2 ** 25;
export const MAXIMUM_PICTURE_PIXELS = 50_000_000;
const PATIENCE_SECONDS = 20;

/** How each kind of picture begins: what is at which byte (ISO/IEC 10918-1, RFC 2083, RFC 9649, GIF89a). */
const BEGINNINGS: readonly (readonly [PictureType, Readonly<Record<number, string>>])[] = [
  ['image/jpeg', { 0: '\xff\xd8\xff' }],
  ['image/png', { 0: '\x89PNG\r\n\x1a\n' }],
  ['image/webp', { 0: 'RIFF', 8: 'WEBP' }],
  ['image/gif', { 0: 'GIF8' }],
];
const HEAD_BYTES = 16;

/** What a picture is by its content, whatever its name or tag says; undefined for what is none. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const begins = (parts: Readonly<Record<number, string>>) =>
    Object.entries(parts).every(([at, text]) => head.startsWith(text, Number(at)));
  return BEGINNINGS.find(([, parts]) => begins(parts))?.[0];
}

let ready: Promise<typeof import('sharp').default> | undefined;

/** The library for pictures, with the decoders of the kinds that are looked at and no others. */
function pictures() {
  ready ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}Buffer`);
    sharp.unblock({ operation: loaders });
    return sharp;
  });
  return ready;
}

/**
 * Opens a picture, of several in it the first, turned as its tags say.
 * @param name what it is called in messages
 * @throws MediaError 'limit', 'unsupported'
 */
export async function openPicture(bytes: Uint8Array, name: string): Promise<Sharp> {
  if (bytes.length > MAXIMUM_PICTURE_BYTES) {
    const message = `the picture ${name} has ${bytes.length} bytes; at most ${MAXIMUM_PICTURE_BYTES} are looked at`;
    throw new MediaError('limit', message, { path: name });
  }
  if (pictureType(bytes) === undefined) {
    const message = `${name} is no picture that is known here: JPEG, PNG, WebP and GIF are`;
    throw new MediaError('unsupported', message, { path: name });
  }
  const sharp = await pictures();
  return sharp(bytes, { limitInputPixels: MAXIMUM_PICTURE_PIXELS, failOn: 'error', pages: 1 })
    .timeout({ seconds: PATIENCE_SECONDS })
    .autoOrient();
}

/** What the library for pictures could not do, as one of our errors. */
export function pictureError(error: unknown, name: string): MediaError {
  if (error instanceof MediaError) return error;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200);
  const kind = /pixel limit/.test(reason) ? 'limit' : 'corrupt';
  const bound = kind === 'limit' ? `; at most ${MAXIMUM_PICTURE_PIXELS} pixels are looked at` : '';
  return new MediaError(kind, `the picture ${name} cannot be shown: ${reason}${bound}`, { path: name, cause: error });
}

/**
 * What a picture is, by its header.
 * @throws MediaError 'limit', 'unsupported', 'corrupt'
 */
export async function examinePicture(bytes: Uint8Array, name: string): Promise<Picture> {
  try {
    const { autoOrient } = await (await openPicture(bytes, name)).metadata();
    return { mediaType: pictureType(bytes)!, width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw pictureError(error, name);
  }
}
