import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { createAudioWriter } from '@tutti/media';

/** The seed of the demo's set: the same demo everywhere. */
export const DEMO_SEED = 1;

export interface ComposedSong {
  readonly path: string;
  readonly title: string;
  /** Its place among the demo songs, from 0, and how many there are. */
  readonly index: number;
  readonly total: number;
}

/**
 * Composes the demo songs into a folder, which is made where it is missing, as 16-bit FLAC; yields each song when it is
 * written. The songs and their bytes are the same on every machine.
 */
export async function* composeDemo(
  folder: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<ComposedSong> {
  await mkdir(folder, { recursive: true });
  for (const [index, spec] of DEMO_SONGS.entries()) {
    signal?.throwIfAborted();
    const { clip } = composeSong(spec);
    const path = join(folder, `${String(index + 1).padStart(2, '0')} ${spec.title}.flac`);
    const writer = await createAudioWriter(path, {
      sampleRate: clip.sampleRate,
      channels: clip.channels.length,
      sampleFormat: 'int16',
      force: true,
    });
    try {
      await writer.write(clip.channels, clip.channels[0]!.length);
      await writer.finish();
    } catch (error) {
      await writer.abort();
      throw error;
    }
    yield { path, title: spec.title, index, total: DEMO_SONGS.length };
  }
}
