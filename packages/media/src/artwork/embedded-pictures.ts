import type { IAudioMetadata } from 'music-metadata';

/** A picture in the tags of a file. */
export interface EmbeddedPicture {
  /** What it shows: 'front', 'back', 'media', 'artist', 'other'. */
  readonly kind: string;
  readonly data: Uint8Array;
}

/** Pictures of one file that are looked at. */
const MOST = 8;

/** What the tags say that a picture shows (ID3v2, picture types, as music-metadata words them), in our words. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/front/i, 'front'],
  [/back/i, 'back'],
  [/media|disc/i, 'media'],
  [/artist|band|performer/i, 'artist'],
];

/** The pictures that were read with the tags, those of the front first. One without a type is taken for the front, as players do. */
export function embeddedPictures({ common }: Pick<IAudioMetadata, 'common'>): EmbeddedPicture[] {
  const found = (common.picture ?? []).slice(0, MOST).map(({ type, data }) => {
    const kind = type === undefined ? 'front' : (KINDS.find(([words]) => words.test(type))?.[1] ?? 'other');
    return { kind, data };
  });
  return found.toSorted((a, b) => Number(b.kind === 'front') - Number(a.kind === 'front'));
}
