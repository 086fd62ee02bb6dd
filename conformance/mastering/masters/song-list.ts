import { mkdir, symlink } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { readManifest } from '../corpus-manifest.ts';

/** A song under a name that no other has. */
export interface Song {
  readonly name: string;
  readonly path: string;
  /** What was done to it so that it deserves a behaviour; null for a song as it is. */
  readonly madeBy: string | null;
}

const SPEECH = 'speech';
/** Kinds of which a tenth is enough: renderings of scores, many of which are alike. */
const MANY_ALIKE = ['piano', 'synth'];
const SHORTEST_SECONDS = 20;
const ONE_OF = 10;

/**
 * Songs of a corpus, recordings and mixes before renderings of scores, linked into a folder under their ids.
 * @param corpus folder whose manifest.json lists {id, path, kind, seconds}
 * @param limit most of them, evenly over the list
 */
export async function linkSongs(corpus: string, folder: string, limit: number): Promise<Song[]> {
  const manifest = (await readManifest(corpus)).filter(
    ({ kind, seconds }) => seconds >= SHORTEST_SECONDS && kind !== SPEECH,
  );
  const alike = manifest.filter(({ kind }) => MANY_ALIKE.includes(kind));
  const songs = [
    ...manifest.filter(({ kind }) => !MANY_ALIKE.includes(kind)),
    ...alike.filter((_, i) => i % ONE_OF === 0),
  ];
  const taken = Math.min(limit, songs.length);
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: taken }, async (_, i) => {
      const { id, path } = songs[Math.floor((i * songs.length) / taken)]!;
      const name = id.replaceAll('/', '-');
      const link = join(folder, `${name}${extname(path)}`);
      await symlink(resolve(corpus, path), link);
      return { name, path: link, madeBy: null };
    }),
  );
}
