import { MediaError } from '../../errors.ts';
import type { OBJECT_NAMES, TEXT_NAMES } from './tag-names.data.ts';

/** What may be written: texts, and objects of bytes that another program reads. */
export type WritableText = keyof typeof TEXT_NAMES;
export type WritableObject = keyof typeof OBJECT_NAMES;

/** What each field is to be: null takes it away, what is absent stays as it is. */
export interface TagChanges {
  readonly texts: Readonly<Partial<Record<WritableText, string | null>>>;
  readonly objects: Readonly<Partial<Record<WritableObject, TagObject | null>>>;
}

/** What another program reads as bytes, or as text where tags hold only text. */
export interface TagObject {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Most bytes of tags that are read and written: pictures are among them. */
export const MAXIMUM_TAG_BYTES = 2 ** 26;

export function corruptTags(name: string, what: string): MediaError {
  return new MediaError('corrupt', `${name}: its tags are damaged (${what}); nothing is written`, { path: name });
}

export function cannotWrite(name: string, why: string): MediaError {
  return new MediaError('unsupported', `tags cannot be written into ${name}: ${why}`, { path: name });
}

/** @throws MediaError 'limit' */
export function requireTagSize(name: string, bytes: number): void {
  if (bytes <= MAXIMUM_TAG_BYTES) return;
  throw new MediaError('limit', `${name}: its tags have ${bytes} bytes; at most ${MAXIMUM_TAG_BYTES} are rewritten`, {
    path: name,
  });
}
