import { DISC_FOLDER, PICTURE_ENDINGS, PICTURE_NAMES } from './picture-names.data.ts';

const RANKS = new Map(PICTURE_NAMES.map(([name], rank) => [name, rank]));
const DOT = 0x2e;
/** Pictures of one folder that are looked at. */
const MOST = 4;

/** How soon a picture of this name comes among those of its folder; null for what is no picture of the music in it. */
export function pictureRank(name: Buffer): number | null {
  const dot = name.lastIndexOf(DOT);
  if (dot <= 0 || !PICTURE_ENDINGS.has(name.toString('latin1', dot + 1).toLowerCase())) return null;
  return RANKS.get(lettersOf(name.toString('latin1', 0, dot))) ?? null;
}

/** What a picture of this name shows: 'front', 'back', 'media' or 'artist'. */
export function pictureKind(name: Buffer): string {
  const rank = pictureRank(name);
  return rank === null ? 'other' : PICTURE_NAMES[rank]![1];
}

/** Those of a folder's names that are pictures of its music, the best first. */
export function picturesAmong(names: readonly Buffer[]): Buffer[] {
  return names
    .flatMap((name) => {
      const rank = pictureRank(name);
      return rank === null ? [] : [{ name, rank }];
    })
    .sort((a, b) => a.rank - b.rank || Buffer.compare(a.name, b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Whether a folder is one disc of the album in the folder around it. */
export function isDiscFolder(name: Buffer): boolean {
  return DISC_FOLDER.test(name.toString('latin1'));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '');
}
