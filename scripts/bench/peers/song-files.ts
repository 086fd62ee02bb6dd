import { join, resolve } from 'node:path';
import { composeSong, DEMO_SONGS, type SongSpec } from '@tutti/demo-songs';
import { createAudioWriter } from '@tutti/media';
import { type Usage, usageOf } from './child-usage.ts';
import type { SongFiles } from './peer-list.ts';

/**
 * A song of the demo in the length of a song that is sold, 220 s: what starting up costs is in the figures, and is to
 * have the weight that it has for such a song.
 */
const SONG: SongSpec = {
  ...DEMO_SONGS[1]!,
  arrangement: [
    { label: 'intro', bars: 16 },
    { label: 'verse', bars: 16 },
    { label: 'build', bars: 8 },
    { label: 'drop', bars: 32 },
    { label: 'break', bars: 8 },
    { label: 'build', bars: 8 },
    { label: 'drop', bars: 16 },
    { label: 'outro', bars: 8 },
  ],
};

/** Composes a song of the demo and encodes it as MP3 with the user's ffmpeg. */
async function composedMp3(folder: string): Promise<string> {
  const { clip } = composeSong(SONG);
  const path = join(folder, 'song.mp3');
  const writer = await createAudioWriter(path, { sampleRate: clip.sampleRate, channels: clip.channels.length });
  try {
    await writer.write(clip.channels, clip.channels[0]!.length);
    await writer.finish();
  } finally {
    await writer.abort();
  }
  return path;
}

/** Decodes the song once more, as those that read WAV need it, and says what that took. */
export function decodeToWav({ file, wav }: SongFiles, scratch: string): Usage {
  const input = ['ffmpeg', '-v', 'error', '-nostdin', '-y', '-threads', '1', '-i', file, '-map', '0:a:0'];
  const output = ['-map_metadata', '-1', '-ac', '2', '-ar', '44100', '-c:a', 'pcm_s16le', '-bitexact', wav];
  const usage = usageOf([...input, ...output], scratch);
  if (usage.status !== 0) throw new Error(`ffmpeg cannot decode ${file}: ${usage.output.trim()}`);
  return usage;
}

/** @param given a file of the user's; a song is composed where there is none */
export async function songFiles(given: string | undefined, scratch: string): Promise<SongFiles> {
  const song: SongFiles = {
    file: given === undefined ? await composedMp3(scratch) : resolve(process.env['INIT_CWD'] ?? '.', given),
    wav: join(scratch, 'song.wav'),
    raw: join(scratch, 'song.f32'),
  };
  decodeToWav(song, scratch);
  const raw = ['-f', 'f32le', '-ac', '1', '-ar', '44100', song.raw];
  const { status, output } = usageOf(['ffmpeg', '-v', 'error', '-nostdin', '-y', '-i', song.wav, ...raw], scratch);
  if (status !== 0) throw new Error(`ffmpeg cannot decode ${song.wav}: ${output.trim()}`);
  return song;
}
