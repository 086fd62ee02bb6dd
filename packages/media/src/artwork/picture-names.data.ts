/** Endings of pictures that are looked at, in lower case; what they are is told by their content. */
export const PICTURE_ENDINGS: ReadonlySet<string> = new Set(['jpg', 'jpeg', 'png', 'webp', 'gif']);

/**
 * What pictures beside music are called, letters alone and in lower case, those that come first before the others, and what
 * they show by the words of ID3v2 (4.14, picture types). What programs write and players look for: rippers (cover, folder, front),
 * Windows (folder, albumart), people.
 */
export const PICTURE_NAMES: readonly (readonly [name: string, kind: string])[] = [
  ['cover', 'front'],
  ['front', 'front'],
  ['folder', 'front'],
  ['coverfront', 'front'],
  ['frontcover', 'front'],
  ['album', 'front'],
  ['albumart', 'front'],
  ['albumcover', 'front'],
  ['artwork', 'front'],
  ['jacket', 'front'],
  ['thumb', 'front'],
  ['back', 'back'],
  ['coverback', 'back'],
  ['backcover', 'back'],
  ['cd', 'media'],
  ['disc', 'media'],
  ['disk', 'media'],
  ['vinyl', 'media'],
  ['artist', 'artist'],
  ['band', 'artist'],
];

/** Folders of one disc of an album: without pictures of their own, they have those of the folder around. */
export const DISC_FOLDER = /^(?:cd|disc|disk|side|vinyl)[ ._-]*(?:\d{1,2}|[a-d])$/i;
