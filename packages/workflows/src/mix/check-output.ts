import { createAudioWriter } from '@tutti/media';
import { requireNoCompanion } from '../companion-file.ts';
import { settleNaming } from './naming-mark.ts';

export interface OutputOptions {
  /** Replace files that are there. */
  readonly force: boolean;
  /** A picture is to be drawn beside the mix. */
  readonly picture: boolean;
  /** A page about the mix is to be written beside it. */
  readonly report: boolean;
}

/**
 * Finds out whether a mix could be written, before the work for it is done: the format, the folder, the right to write,
 * files of that name. Leaves nothing behind, and sets right what a run left that was killed at its very end.
 * @throws MediaError, WorkflowError as writing would
 */
export async function checkOutput(path: string, { force, picture, report }: OutputOptions): Promise<void> {
  await settleNaming(path);
  const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 2, force });
  await writer.abort();
  if (picture) await requireNoCompanion(path, 'svg', { force, without: '--no-picture' });
  if (report) await requireNoCompanion(path, 'html', { force, without: 'leaving out --report' });
}
