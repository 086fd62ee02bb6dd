import { createAudioWriter, type SampleFormat } from '@tutti/media';
import { requireNoCompanion } from '../companion-file.ts';

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
  if (report && !force) await requireNoCompanion(path, 'html', 'leaving out --report');
}
