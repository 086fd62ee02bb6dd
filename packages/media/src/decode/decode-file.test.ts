import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fixtureSignal } from '../fixtures/fixture-signal.ts';
import { alignment } from '../testing/alignment.ts';
import { fixturePath } from '../testing/fixture-path.ts';
import { int16Bytes, makeWav } from '../testing/make-wav.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasFfmpeg } from '../testing/with-ffmpeg.ts';
import { decodeFile } from './decode-file.ts';
import { findFfmpeg } from './ffmpeg/find-ffmpeg.ts';

const folder = temporaryFolder();

describe('lossless files', () => {
  it.each([
    ['stereo-16.flac', 44_100, 2, 16],
    ['stereo-24.flac', 44_100, 2, 24],
    ['mono-8k.flac', 8000, 1, 16],
    ['surround.flac', 16_000, 6, 16],
    ['flac-in-ogg.oga', 44_100, 2, 16],
  ])('%s is the source, sample for sample', async (name, sampleRate, channels, bitsPerSample) => {
    const { clip, format, warnings } = await decodeFile(fixturePath(name));
    expect(warnings).toEqual([]);
    expect(format).toMatchObject({ codec: 'flac', sampleRate, channels, bitsPerSample, lossless: true, seconds: 0.6 });
    expect(clip.channels).toEqual(fixtureSignal(sampleRate, channels));
  });

  it('WAV and FLAC of the same samples have the same hash, another sample another one', async () => {
    const source = fixtureSignal(44_100, 2);
    const wav = folder.put('same.wav', makeWav(int16Bytes(source), { channels: 2 }));
    const { audioHash, clip } = await decodeFile(wav);
    expect(clip.channels).toEqual(source);
    for (const name of ['stereo-16.flac', 'stereo-24.flac', 'flac-in-ogg.oga']) {
      expect((await decodeFile(fixturePath(name))).audioHash).toBe(audioHash);
    }
    source[1]![20_000]! += 1 / 32768;
    const other = folder.put('other.wav', makeWav(int16Bytes(source), { channels: 2 }));
    expect((await decodeFile(other)).audioHash).not.toBe(audioHash);
  });
});

describe('lossy files begin where the source does and are as long', () => {
  it.each([
    ['stereo-128.mp3', 'mp3', 44_100, 2, 1],
    ['stereo-vbr.mp3', 'mp3', 44_100, 2, 1],
    ['mono-mpeg2.mp3', 'mp3', 22_050, 1, 1],
    ['mono-mpeg25.mp3', 'mp3', 11_025, 1, 1],
    ['stereo.ogg', 'vorbis', 44_100, 2, 1],
    ['surround.ogg', 'vorbis', 44_100, 6, 1],
    ['stereo.opus', 'opus', 48_000, 2, 1],
    // Its centre is coded alone in the speech mode, whose phase differs by two samples from the others'.
    ['surround.opus', 'opus', 48_000, 6, 2],
  ])('%s', async (name, codec, sampleRate, channels, most) => {
    await expectSource(name, codec, sampleRate, channels, { shift: most });
  });
});

it('an MP3 without delays in its header is given whole, with the delay that every decoder has', async () => {
  const { clip, warnings } = await decodeFile(fixturePath('no-header.mp3'));
  expect(warnings).toEqual([]);
  expect(clip.channels[0]!.length % 1152).toBe(0);
  const { shift } = alignment(fixtureSignal(44_100, 2)[0]!, clip.channels[0]!, 1200);
  // LAME's 576 and the decoder's 529.
  expect(shift).toBe(1105);
});

describe.runIf(hasFfmpeg)('MP3 beside the user’s ffmpeg', () => {
  it.each(['stereo-128.mp3', 'stereo-vbr.mp3', 'mono-mpeg2.mp3', 'mono-mpeg25.mp3', 'no-header.mp3'])(
    '%s differs by less than 2^-17',
    async (name) => {
      const { clip } = await decodeFile(fixturePath(name));
      const program = (await findFfmpeg())!;
      const { stdout } = spawnSync(program, ['-v', 'error', '-i', fixturePath(name), '-f', 'f32le', 'pipe:1']);
      const other = new Float32Array(new Uint8Array(stdout).buffer);
      const count = clip.channels.length;
      expect(other.length).toBe(clip.channels[0]!.length * count);
      let most = 0;
      for (let i = 0; i < other.length; i++) {
        most = Math.max(most, Math.abs(other[i]! - clip.channels[i % count]![Math.floor(i / count)]!));
      }
      expect(most).toBeLessThan(2 ** -17);
    },
  );
});

describe.runIf(hasFfmpeg)('by the user’s ffmpeg', () => {
  it('alac.m4a is the source, sample for sample', async () => {
    const { clip, format } = await decodeFile(fixturePath('alac.m4a'));
    expect(format).toMatchObject({ container: 'mov', codec: 'alac', bitsPerSample: 16, lossless: true });
    expect(clip.channels).toEqual(fixtureSignal(44_100, 2));
  });

  it('stereo.m4a (AAC) begins where the source does', async () => {
    // AAC in MP4 declares its length in frames of 1024 here: what is behind the source is silence.
    await expectSource('stereo.m4a', 'aac', 44_100, 2, { padding: 1024 });
  });
});

async function expectSource(
  name: string,
  codec: string,
  sampleRate: number,
  channels: number,
  most: { readonly shift?: number; readonly padding?: number },
) {
  const { shift: mostShift = 1, padding = 0 } = most;
  const { clip, format, warnings } = await decodeFile(fixturePath(name));
  const source = fixtureSignal(sampleRate, channels);
  expect(warnings).toEqual([]);
  expect(format).toMatchObject({ codec, sampleRate, channels, lossless: false });
  const frames = source[0]!.length;
  expect(clip.channels[0]!.length).toBeGreaterThanOrEqual(frames);
  expect(clip.channels[0]!.length).toBeLessThanOrEqual(frames + padding);
  // The low-frequency channel is band-limited by the encoders, which delays it.
  for (let channel = 0; channel < channels; channel++) {
    if (channels === 6 && channel === 3) continue;
    const { shift, correlation } = alignment(source[channel]!, clip.channels[channel]!, 40);
    expect(Math.abs(shift)).toBeLessThanOrEqual(mostShift);
    expect(correlation).toBeGreaterThan(0.98);
  }
}
