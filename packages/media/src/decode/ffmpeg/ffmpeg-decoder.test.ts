import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAudioWriter } from '../../encode/audio-writer.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { hasFfmpeg } from '../../testing/with-ffmpeg.ts';
import { openAudio } from '../open-audio.ts';

const folder = temporaryFolder();

describe.runIf(hasFfmpeg)('a file that ffmpeg decodes', () => {
  it('can be closed long before its end, when ffmpeg still has more to say than the pipe holds', async () => {
    const path = join(folder.path, 'minute.m4a');
    const second = Float32Array.from({ length: 44_100 }, (_, i) => 0.3 * Math.sin(i * i * 1e-4));
    const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 2 });
    for (let i = 0; i < 60; i++) await writer.write([second, second], second.length);
    await writer.finish();
    const source = await openAudio(path);
    for await (const { frames } of source.blocks()) {
      expect(frames).toBeGreaterThan(0);
      break;
    }
    await source.close();
  });
});
