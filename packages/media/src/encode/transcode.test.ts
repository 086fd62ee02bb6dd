import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeFile } from '../decode/decode-file.ts';
import { findFfmpeg } from '../decode/ffmpeg/find-ffmpeg.ts';
import { writeSmallSong } from '../testing/small-songs.ts';
import { STREAM_FORMATS, type StreamFormat, transcode } from './transcode.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-transcode-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const song = join(folder, "-i a'b;.wav");
writeSmallSong(song, { bpm: 120, seconds: 5, rootHz: 110 });
const signal = new AbortController().signal;

async function written(path: string | Buffer, format: StreamFormat, startSeconds: number): Promise<string> {
  const out = join(folder, `out.${format}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of transcode(path, { format, startSeconds, signal })) pieces.push(piece);
  writeFileSync(out, Buffer.concat(pieces));
  return out;
}

it('without ffmpeg it says so', async () => {
  const none = transcode(song, { format: 'mp3', startSeconds: 0, signal, ffmpegPath: join(folder, 'none') });
  await expect(none.next()).rejects.toMatchObject({ kind: 'unsupported', needs: 'ffmpeg' });
});

describe.runIf((await findFfmpeg()) !== undefined)('with ffmpeg', () => {
  it.each(STREAM_FORMATS)('a song becomes %s, from the beginning or later', async (format) => {
    for (const start of [0, 3]) {
      const { clip } = await decodeFile(await written(song, format, start));
      // Encoders add up to two frames of 1024 at either end that ADTS cannot tell.
      expect(clip.channels[0]!.length / clip.sampleRate).toBeCloseTo(5 - start, 0);
    }
  });

  it('a file whose name is no text is read all the same', async () => {
    const named = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.wav')]);
    writeSmallSong(join(folder, 'plain.wav'), { bpm: 120, seconds: 1, rootHz: 110 });
    const { renameSync } = await import('node:fs');
    renameSync(join(folder, 'plain.wav'), named);
    const { clip } = await decodeFile(await written(named, 'flac', 0));
    expect(clip.channels[0]!.length).toBe(44_100);
  });

  it('what is no sound is refused, and a list of other files too', async () => {
    const list = join(folder, 'list.wav');
    writeFileSync(list, `#EXTM3U\nfile://${song}\n`);
    await expect(transcode(list, { format: 'mp3', startSeconds: 0, signal }).next()).rejects.toMatchObject({
      kind: 'unsupported',
    });
  });

  it('who stops taking ends the program; an abort while it waits does too', async () => {
    const long = join(folder, 'long.wav');
    writeSmallSong(long, { bpm: 120, seconds: 60, rootHz: 110 });
    const taken = transcode(long, { format: 'flac', startSeconds: 0, signal });
    expect((await taken.next()).done).toBe(false);
    await taken.return(undefined);
    const abort = new AbortController();
    const aborted = transcode(long, { format: 'flac', startSeconds: 0, signal: abort.signal });
    await aborted.next();
    abort.abort();
    await expect(
      (async () => {
        while (!(await aborted.next()).done);
      })(),
    ).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
