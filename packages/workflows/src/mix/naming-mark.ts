// A mix and what belongs to it appear under several names, the mix last; a run may be killed between two of them. While names are
// given a hidden file beside the mix says which files get one, so that the next run knows what is half done.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SampleJournal } from '@tutti/media';
import { z } from 'zod';
import { isThere, type WholeFile, writeWhole } from '../write-whole.ts';

const markSchema = z.array(z.object({ path: z.string(), sha256: z.string() }));

function markPath(out: string): string {
  const whole = resolve(out);
  return join(dirname(whole), `.${basename(whole)}.tutti-naming`);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Says that these files get their names now, and the mix after them.
 * @throws WorkflowError 'denied'
 */
export function markNaming(out: string, files: readonly WholeFile[]): Promise<void> {
  const marked = files.map(({ path, content }) => ({ path: resolve(path), sha256: sha256(content) }));
  return writeWhole(markPath(out), JSON.stringify(marked));
}

/** All have their names. */
export function removeNamingMark(out: string): Promise<void> {
  return rm(markPath(out), { force: true });
}

/** Nothing where it is no mark of ours: a file that lies there must not keep anybody from mixing. */
function readMark(text: string): z.infer<typeof markSchema> {
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/**
 * Sets right what a run left that was killed while it gave names. Where the mix has not got its own, what was named of the rest is
 * removed (its sound lies in the journal); where it has, all is there but for the traces of the run. A file that somebody else wrote
 * stays.
 */
export async function settleNaming(out: string): Promise<void> {
  const text = await readFile(markPath(out), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  if (await isThere(out)) await SampleJournal.remove(out);
  else {
    for (const file of readMark(text)) {
      const content = await readFile(file.path).catch(() => undefined);
      if (content !== undefined && sha256(content) === file.sha256) await rm(file.path);
    }
  }
  await removeNamingMark(out);
}
