import { readFileSync, writeFileSync } from 'node:fs';
import { createAudioWriter } from '@tutti/media';
import { flacWithComments } from '@tutti/media/testing';

/** Writes a FLAC file (`path` ends in .flac) of a tone, half a second long, with comments (`NAME=value`). Each pitch is another sound. */
export async function writeTaggedSong(path: string, hertz: number, comments: readonly string[] = []): Promise<void> {
  const samples = Float32Array.from({ length: 4000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * hertz * n) / 8000));
  const writer = await createAudioWriter(path, { sampleRate: 8000, channels: 1, sampleFormat: 'int16', force: true });
  await writer.write([samples], samples.length);
  await writer.finish();
  if (comments.length > 0) writeFileSync(path, flacWithComments(readFileSync(path), comments));
}
