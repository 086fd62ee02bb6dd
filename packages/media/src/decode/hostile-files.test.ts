import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureSignal } from '../fixtures/fixture-signal.ts';
import { fixturePath } from '../testing/fixture-path.ts';
import { int16Bytes, makeWav, type WavParts } from '../testing/make-wav.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { decodeFile } from './decode-file.ts';
import { openAudio } from './open-audio.ts';

const folder = temporaryFolder();
const sound = int16Bytes(fixtureSignal(44_100, 1));
const fixture = (name: string) => readFileSync(fixturePath(name));

async function outcome(bytes: Uint8Array | string, name = 'file.bin') {
  try {
    const { clip, warnings } = await decodeFile(folder.put(name, bytes));
    return { frames: clip.channels[0]!.length, warnings: warnings.join('; '), error: '' };
  } catch (error) {
    const { kind, message } = error as { kind: string; message: string };
    return { frames: 0, warnings: '', error: `${kind}: ${message}` };
  }
}

describe('WAV headers that lie', () => {
  it.each<[string, WavParts, RegExp]>([
    ['no channels', { channels: 0, blockAlign: 2 }, /corrupt: .*0 channels/],
    ['65535 channels', { channels: 65_535, blockAlign: 2 }, /limit: .*65535 channels/],
    ['a rate of 0', { sampleRate: 0 }, /corrupt: .*0 Hz/],
    ['a rate of 4 GHz', { sampleRate: 4_000_000_000 }, /limit: .*4000000000 Hz/],
    ['0 bits', { bits: 0, blockAlign: 2 }, /corrupt: .*0 bits/],
    ['floats of 16 bits', { tag: 3 }, /corrupt: .*16 bits/],
  ])('%s: an error', async (_, parts, expected) => {
    expect((await outcome(makeWav(sound, parts))).error).toMatch(expected);
  });

  it.each<[string, WavParts, RegExp]>([
    ['ten times the samples', { dataSize: sound.length * 10 }, /cut off/],
    ['2^32 bytes of samples', { dataSize: 0xfffffffe }, /cut off/],
    ['no size', { dataSize: 0 }, /no length/],
    ['the size of a stream', { dataSize: 0xffffffff }, /no length/],
    ['a wrong block align', { blockAlign: 7 }, /7 bytes a frame/],
  ])('%s: what is there, with a warning', async (_, parts, expected) => {
    const { frames, warnings } = await outcome(makeWav(sound, parts));
    expect(frames).toBe(sound.length / 2);
    expect(warnings).toMatch(expected);
  });

  it('chunks in any number and of odd sizes are walked over', async () => {
    const odd = Buffer.alloc(8 + 4);
    odd.write('junk');
    odd.writeUInt32LE(3, 4);
    const between = Buffer.concat(Array.from({ length: 500 }, () => odd));
    expect(await outcome(makeWav(sound, { between }))).toMatchObject({ frames: sound.length / 2, warnings: '' });
  });

  it('a chunk that claims 4 GB, a header cut off, samples before their format: errors', async () => {
    const huge = Buffer.from('junk\xff\xff\xff\xff', 'latin1');
    expect((await outcome(makeWav(sound, { between: huge }))).error).toMatch(/corrupt: .*no samples/);
    expect((await outcome(makeWav(sound).subarray(0, 30))).error).toMatch(/corrupt/);
    const wav = makeWav(sound);
    const swapped = Buffer.concat([wav.subarray(0, 12), wav.subarray(36), wav.subarray(12, 36)]);
    expect((await outcome(swapped)).error).toMatch(/corrupt: .*before any fmt/);
    expect((await outcome(makeWav(Buffer.alloc(0)))).error).toMatch(/empty/);
  });

  it('samples that are no numbers become 0 with a warning; nothing else is an error', async () => {
    const floats = Float32Array.of(0.5, Number.NaN, -0.25, Infinity, 1e38, 2);
    const some = makeWav(new Uint8Array(floats.buffer), { tag: 3, bits: 32 });
    const { clip, warnings } = await decodeFile(folder.put('some.wav', some));
    expect(Array.from(clip.channels[0]!)).toEqual([0.5, 0, -0.25, 0, 0, 2]);
    expect(warnings.join()).toMatch(/3 samples/);
    const none = makeWav(new Uint8Array(new Float32Array(1000).fill(Number.NaN).buffer), { tag: 3, bits: 32 });
    expect((await outcome(none)).error).toMatch(/corrupt: .*all its 1000 samples/);
  });
});

describe('what is no sound', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /^empty/],
    ['text', Buffer.from('la la la '.repeat(500)), /^unsupported: .*no audio format/],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(3000, 7)]), /^unsupported/],
    ['an error page', Buffer.from(`<!DOCTYPE html>${'<p>404</p>'.repeat(90)}`), /^unsupported/],
    ['tags alone', Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x0aTIT2 and so'), /^unsupported/],
    ['a FLAC header alone', fixture('stereo-16.flac').subarray(0, 42), /^empty/],
    ['the first Ogg page alone', fixture('stereo.ogg').subarray(0, 58), /^empty/],
  ])('%s', async (_, bytes, expected) => {
    expect((await outcome(bytes, 'song.mp3')).error).toMatch(expected);
  });

  it('a path that is not there, a folder, a named pipe', async () => {
    await expect(decodeFile(join(folder.path, 'gone.wav'))).rejects.toMatchObject({ kind: 'missing' });
    mkdirSync(join(folder.path, 'folder.wav'));
    await expect(decodeFile(join(folder.path, 'folder.wav'))).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('folder'),
    });
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder.path, 'pipe.wav')]);
    await expect(decodeFile(join(folder.path, 'pipe.wav'))).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('damaged files', () => {
  it.each(['stereo-16.flac', 'stereo.ogg', 'stereo.opus', 'stereo-128.mp3', 'flac-in-ogg.oga'])(
    '%s cut off gives what is there, with a warning',
    async (name) => {
      const bytes = fixture(name);
      const { frames, warnings } = await outcome(bytes.subarray(0, Math.floor(bytes.length * 0.6)));
      // Pages of an Ogg file are long: much can go with the last one.
      if (frames > 0) expect(warnings).toMatch(/cut off/);
      else expect(name).toMatch(/\.o(gg|ga|pus)$/);
    },
  );

  it.each(['stereo-16.flac', 'stereo.ogg', 'stereo.opus', 'stereo-128.mp3', 'stereo-vbr.mp3', 'flac-in-ogg.oga'])(
    '%s with any bytes overwritten gives finite sound of about its length, or an error',
    async (name) => {
      const good = fixture(name);
      for (let run = 0; run < 8; run++) {
        const bytes = Buffer.from(good);
        const at = Math.imul(run + 1, 2_654_435_761 | 0) >>> 0;
        for (let i = 0; i < 16; i++) bytes[(at + i * i * 7) % bytes.length] = (run * 91 + i * 53) & 0xff;
        try {
          const { clip, format } = await decodeFile(folder.put('damaged.bin', bytes));
          expect(clip.channels.every((channel) => channel.every((x) => Math.abs(x) <= 1000))).toBe(true);
          if (format.sampleRate >= 44_100) expect(clip.channels[0]!.length).toBeLessThan(60_000);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MediaError' });
        }
      }
    },
  );

  it('a lost FLAC frame leaves silence of its length: what follows stays in time', async () => {
    const bytes = fixture('stereo-16.flac');
    bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
    const { clip, warnings } = await decodeFile(folder.put('lost.flac', bytes));
    const source = fixtureSignal(44_100, 2);
    expect(warnings.join()).toMatch(/damaged FLAC frame/);
    expect(clip.channels[0]!.length).toBe(source[0]!.length);
    expect(clip.channels[0]!.slice(-4000)).toEqual(source[0]!.slice(-4000));
  });

  it('a header that claims 2^36 - 1 samples reserves nothing', async () => {
    const bytes = fixture('stereo-16.flac');
    bytes[21]! |= 0x0f;
    bytes.fill(0xff, 22, 26);
    const { frames, warnings } = await outcome(bytes);
    expect(frames).toBe(26_460);
    expect(warnings).toMatch(/claims 1558264\.8 s/);
  });

  it('junk in front of, between and behind MP3 frames is left out', async () => {
    const bytes = fixture('stereo-128.mp3');
    const junk = Buffer.alloc(5000, 0x55);
    const { frames } = await outcome(Buffer.concat([junk, bytes]));
    expect(frames).toBe(26_460);
    const middle = await outcome(Buffer.concat([bytes.subarray(0, 418 * 12), junk, bytes.subarray(418 * 12)]));
    expect(middle.frames).toBeGreaterThan(24_000);
    expect(middle.warnings).toMatch(/no MP3 frame/);
  });

  it('two Ogg streams in a row are one sound', async () => {
    const bytes = fixture('stereo.ogg');
    expect(await outcome(Buffer.concat([bytes, bytes]))).toMatchObject({ frames: 2 * 26_460, warnings: '' });
  });

  it('a format that changes midway ends the sound with a warning', async () => {
    const both = Buffer.concat([fixture('stereo-128.mp3'), fixture('mono-mpeg2.mp3')]);
    const { frames, warnings } = await outcome(both);
    expect(frames).toBeGreaterThanOrEqual(26_460);
    expect(warnings).toMatch(/format changes.*22050 Hz/);
    const ogg = await outcome(Buffer.concat([fixture('stereo.ogg'), fixture('surround.ogg')]));
    expect(ogg).toMatchObject({ frames: 26_460, warnings: expect.stringMatching(/format changes.*6 channels/) });
  });
});

describe('openAudio', () => {
  it('stops when cancelled, and at a length that was set', async () => {
    const controller = new AbortController();
    const source = await openAudio(folder.put('long.wav', makeWav(Buffer.alloc(400_000))), {
      signal: controller.signal,
    });
    const blocks = source.blocks();
    await blocks.next();
    controller.abort();
    await expect(blocks.next()).rejects.toMatchObject({ kind: 'cancelled' });
    await source.close();
    await source.close();
    await expect(decodeFile(join(folder.path, 'long.wav'), { maximumSeconds: 1 })).rejects.toMatchObject({
      kind: 'limit',
    });
  });

  it('reads several files at once, each on its own', async () => {
    const names = ['stereo-16.flac', 'stereo-128.mp3', 'stereo.ogg', 'stereo.opus', 'mono-8k.flac'];
    const alone = await Promise.all(names.map(async (name) => (await decodeFile(fixturePath(name))).audioHash));
    const sources = await Promise.all(names.map((name) => openAudio(fixturePath(name))));
    const walks = sources.map((source) => source.blocks());
    const lengths = names.map(() => 0);
    for (let going = true; going; ) {
      going = false;
      for (const [i, walk] of walks.entries()) {
        const { value } = await walk.next();
        if (!value) continue;
        lengths[i]! += value.frames;
        going = true;
      }
    }
    for (const source of sources) await source.close();
    expect(lengths).toEqual([26_460, 26_460, 26_460, 28_800, 4800]);
    const again = await Promise.all(names.map(async (name) => (await decodeFile(fixturePath(name))).audioHash));
    expect(again).toEqual(alone);
  });

  it('says what is missing where ffmpeg is needed and not there', async () => {
    const options = { ffmpegPath: join(folder.path, 'no-ffmpeg') };
    await expect(openAudio(fixturePath('stereo.m4a'), options)).rejects.toMatchObject({
      kind: 'unsupported',
      needs: 'ffmpeg',
      message: expect.stringMatching(/needs ffmpeg.*Install it/),
    });
  });

  it('goes by the content, whatever the name, and takes names of any bytes', async () => {
    writeFileSync(join(folder.path, '-dash; $(x) `y` "z" *?.txt'), fixture('stereo-16.flac'));
    expect((await decodeFile(join(folder.path, '-dash; $(x) `y` "z" *?.txt'))).format.codec).toBe('flac');
    if (process.platform !== 'linux') return;
    const bytes = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0x61, 0xff, 0x2e])]);
    writeFileSync(bytes, fixture('stereo-16.flac'));
    expect((await decodeFile(bytes)).format.seconds).toBe(0.6);
  });
});
