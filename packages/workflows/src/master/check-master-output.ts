import { realpath } from 'node:fs/promises';
import { createAudioWriter, type SampleFormat } from '@tutti/media';
import { requireNoCompanion } from '../companion-file.ts';
import { WorkflowError } from '../failure.ts';

/**
 * Finds out whether a master could be written, before the work for it is done. Leaves nothing behind.
 * @throws MediaError, WorkflowError as writing would
 */
export async function checkMasterOutput(
  path: string,
  sampleFormat: SampleFormat,
  { force, report }: { readonly force: boolean; readonly report: boolean },
): Promise<void> {
  const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 2, sampleFormat, force });
  await writer.abort();
  if (report) await requireNoCompanion(path, 'html', { force, without: 'leaving out --report' });
}

/**
 * A master never replaces the song it is made of, nor another one that is mastered with it, even where files are to be replaced.
 * @param would the refusal in words, without the name of the source
 * @throws WorkflowError 'denied'
 */
export async function requireNoSource(
  out: string,
  sources: readonly string[],
  would = 'the master would replace the song itself',
): Promise<void> {
  const target = await realpath(out).catch(() => out);
  for (const source of sources) {
    if ((await realpath(source).catch(() => source)) === target)
      throw new WorkflowError('denied', `${would}, ${source}; name another file`);
  }
}
