import { createAudioWriter } from '@tutti/media';

/**
 * Finds out whether a sound file could be written, before the work for it is done: the format, the folder, the right to
 * write, a file of that name. Leaves nothing behind.
 * @throws MediaError as writing would
 */
export async function checkOutput(path: string, { force }: { readonly force: boolean }): Promise<void> {
  const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 2, force });
  await writer.abort();
}
