import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const entry = z.object({ id: z.string(), path: z.string(), kind: z.string(), seconds: z.number() });

/** A recording of a corpus. */
export type CorpusEntry = z.infer<typeof entry>;

/** Kinds of a corpus that nobody masters. */
const NO_MUSIC = ['noise', 'stems'];

/** What DIR/manifest.json lists but for what is no music. @param corpus that folder */
export async function readManifest(corpus: string): Promise<CorpusEntry[]> {
  const listed = z.array(entry).parse(JSON.parse(await readFile(join(corpus, 'manifest.json'), 'utf8')));
  return listed.filter(({ kind }) => !NO_MUSIC.includes(kind));
}
