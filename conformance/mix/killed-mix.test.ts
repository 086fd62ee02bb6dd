import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeClickTrack } from '@tutti/demo-songs';
import { createAudioWriter } from '@tutti/media';
import { afterAll, expect, it } from 'vitest';
import { killMix } from './killed-mix.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-killed-mix-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('tutti mix, killed again and again, gives the bytes of an undisturbed run and leaves nothing beside them', {
  timeout: 400_000,
}, async () => {
  const songs = join(folder, 'songs');
  const out = join(folder, 'out');
  mkdirSync(songs);
  mkdirSync(out);
  for (const bpm of [120, 124, 127]) {
    const { clip } = composeClickTrack({ bpm, seconds: 90, meter: 4 });
    const writer = await createAudioWriter(join(songs, `${bpm}.wav`), { sampleRate: clip.sampleRate, channels: 1 });
    await writer.write(clip.channels, clip.channels[0]!.length);
    await writer.finish();
  }
  const args = [songs, '--report', '--export', 'tracklist'];
  const kept: number[] = [];
  const onKill = ({ keptFrames }: { readonly keptFrames: number }) => kept.push(keptFrames);
  expect(await killMix({ args, folder: out, kills: 4, onKill }), `killed with ${kept} frames kept`).toEqual([]);
});
