import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../decode/decode-file.ts';
import { fixtureSignal } from '../fixtures/fixture-signal.ts';
import { alignment } from '../testing/alignment.ts';
import { int16Bytes } from '../testing/make-wav.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasFfmpeg } from '../testing/with-ffmpeg.ts';
import { createAudioWriter } from './audio-writer.ts';
import type { AudioWriterOptions } from './sink.ts';
import { wavHeader } from './wav-sink.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const leftovers = () => readdirSync(folder.path).filter((name) => name.endsWith('.part'));

async function save(name: string, samples: Float32Array[], options: Partial<AudioWriterOptions> = {}) {
  const writer = await createAudioWriter(at(name), { sampleRate: 44_100, channels: samples.length, ...options });
  // In pieces of odd lengths, one longer than a block.
  const lengths = [1, 999, 17_001];
  for (let done = 0, i = 0; done < samples[0]!.length; i++) {
    const frames = Math.min(lengths[i % lengths.length]!, samples[0]!.length - done);
    await writer.write(
      samples.map((channel) => channel.subarray(done, done + frames)),
      frames,
    );
    done += frames;
  }
  await writer.finish();
  return at(name);
}

describe('WAV', () => {
  it.each([
    ['int16', 1],
    ['int16', 2],
    ['int16', 6],
    ['int24', 1],
    ['int24', 2],
    ['float32', 2],
    ['float32', 8],
  ] as const)('of %s, %i channels, comes back sample for sample', async (sampleFormat, channels) => {
    const samples = fixtureSignal(44_100, channels);
    const path = await save(`${sampleFormat}-${channels}.wav`, samples, { sampleFormat, dither: 'none' });
    const { clip, warnings, format } = await decodeFile(path);
    expect(warnings).toEqual([]);
    expect(format.bitsPerSample).toBe({ int16: 16, int24: 24, float32: 32 }[sampleFormat]);
    expect(clip.channels).toEqual(samples);
    expect(leftovers()).toEqual([]);
  });

  it('dithers 16 bits with a triangle of two steps, the same each time', async () => {
    const quiet = [new Float32Array(40_000).fill(0.25 / 32768)];
    const first = await save('dither-1.wav', quiet);
    const second = await save('dither-2.wav', quiet);
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    const steps = (await decodeFile(first)).clip.channels[0]!.map((sample) => sample * 32768);
    // A quarter of a step survives on average; the noise has a variance of 1/6 + 1/12 step².
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length;
    expect(mean).toBeCloseTo(0.25, 2);
    expect(variance).toBeCloseTo(0.25, 2);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1);
  });

  it('clamps what is beyond full scale', async () => {
    const path = await save('loud.wav', [Float32Array.of(1.5, -1.5, 1, -1)], { sampleFormat: 'int24' });
    const most = 1 - 2 ** -23;
    expect(Array.from((await decodeFile(path)).clip.channels[0]!)).toEqual([most, -1, most, -1]);
  });

  it('becomes RF64 beyond 4 GiB', () => {
    const small = wavHeader({ sampleRate: 48_000, channels: 2, sampleFormat: 'int24' }, 1000);
    const frames = 1_000_000_000;
    const large = wavHeader({ sampleRate: 48_000, channels: 2, sampleFormat: 'int24' }, frames);
    expect(large.length).toBe(small.length);
    expect(small.toString('latin1', 0, 4)).toBe('RIFF');
    expect(large.toString('latin1', 0, 4)).toBe('RF64');
    expect(large.toString('latin1', 12, 16)).toBe('ds64');
    expect(large.readBigUInt64LE(28)).toBe(BigInt(frames * 6));
    expect(large.readBigUInt64LE(36)).toBe(BigInt(frames));
  });
});

describe('FLAC', () => {
  it.each([
    ['int16', 1],
    ['int16', 2],
    ['int24', 2],
    ['int16', 6],
    ['int24', 8],
  ] as const)(
    'of %s, %i channels, comes back sample for sample and with its check sum',
    async (sampleFormat, channels) => {
      const samples = fixtureSignal(44_100, channels);
      const path = await save(`${sampleFormat}-${channels}.flac`, samples, { sampleFormat, dither: 'none' });
      const { clip, warnings, format } = await decodeFile(path);
      expect(warnings).toEqual([]);
      expect(format).toMatchObject({
        codec: 'flac',
        channels,
        bitsPerSample: sampleFormat === 'int16' ? 16 : 24,
        seconds: 0.6,
      });
      expect(clip.channels).toEqual(samples);
      const bytes = sampleFormat === 'int16' ? int16Bytes(samples) : undefined;
      if (bytes) expect(readFileSync(path).subarray(26, 42)).toEqual(createHash('md5').update(bytes).digest());
      expect(leftovers()).toEqual([]);
    },
  );

  it.each([
    ['silence', () => 0],
    ['the most there is', (i: number) => (i % 2 === 0 ? -1 : 1 - 2 ** -23)],
    ['noise', (i: number) => (Math.imul(i * i + 12_345, 0x9e37_79b1) >> 8) / 2 ** 23],
    ['one click', (i: number) => (i === 5000 ? -1 : 0)],
    ['clicks in quiet', (i: number) => (i % 977 === 0 ? 0.999 : 0) + (i % 3) * 2 ** -23],
    ['a pure tone', (i: number) => Math.sin(i / 7) * 0.9],
    ['coarse steps', (i: number) => Math.round(Math.sin(i / 50) * 20) / 32],
  ])('of %s comes back sample for sample', async (name, sampleAt) => {
    const frames = 9001;
    const left = Float32Array.from({ length: frames }, (_, i) => Math.round(sampleAt(i) * 2 ** 23) / 2 ** 23 + 0);
    const right = left
      .map((sample, i) => (i % 2 === 0 ? sample : Math.max(-sample, -1) + 0))
      .map((x) => Math.min(x, 1 - 2 ** -23));
    const path = await save(`${name}.flac`, [left, right], { sampleFormat: 'int24' });
    const { clip, warnings } = await decodeFile(path);
    expect(warnings).toEqual([]);
    expect(clip.channels).toEqual([left, right]);
  });

  it.each([1, 15, 16, 4095, 4096, 4097])('of %i frames has as many', async (frames) => {
    const path = await save(`${frames}-frames.flac`, [new Float32Array(frames).fill(0.5)]);
    expect((await decodeFile(path)).clip.channels[0]!.length).toBe(frames);
  });

  it('refuses floats', async () => {
    const options = { sampleRate: 44_100, channels: 1, sampleFormat: 'float32' } as const;
    await expect(createAudioWriter(at('float.flac'), options)).rejects.toMatchObject({ kind: 'unsupported' });
    expect(leftovers()).toEqual([]);
  });
});

describe('dither', () => {
  const endings = hasFfmpeg ? ['wav', 'flac', 'aiff'] : ['wav', 'flac'];
  const music = fixtureSignal(44_100, 2).map((samples) => samples.map((x) => 0.3 * x + 2 ** -26));

  it.each([
    ['int16', 'shaped'],
    ['int16', 'triangular'],
    ['int24', 'shaped'],
    ['int24', 'triangular'],
  ] as const)('to %s, %s, gives the same samples in every format', async (sampleFormat, dither) => {
    const clips: Float32Array[][] = [];
    for (const ending of endings) {
      const path = await save(`${sampleFormat}-${dither}.${ending}`, music, { sampleFormat, dither });
      const { clip, format } = await decodeFile(path);
      expect(format.bitsPerSample).toBe(sampleFormat === 'int16' ? 16 : 24);
      clips.push([...clip.channels]);
    }
    for (const clip of clips) expect(clip).toEqual(clips[0]);
    const plain = await save(`${sampleFormat}-none-${dither}.wav`, music, { sampleFormat, dither: 'none' });
    const rounded = (await decodeFile(plain)).clip.channels;
    const variance = (channels: readonly Float32Array[]) =>
      channels[0]!.reduce((sum, x, i) => sum + (x - music[0]![i]!) ** 2, 0) / music[0]!.length;
    // Rounding alone has 1/12 of a step squared, with triangular dither 1/4, shaped at 44.1 kHz 6 times as much.
    const ratio = variance(clips[0]!) / variance(rounded);
    if (dither === 'triangular') expect(ratio).toBeCloseTo(3, 0);
    else expect(ratio).toBeGreaterThan(12);
  });

  it('is triangular for 16 bits and none for 24 when not said', async () => {
    for (const [sampleFormat, dither] of [
      ['int16', 'triangular'],
      ['int24', 'none'],
    ] as const) {
      const unsaid = await save(`unsaid-${sampleFormat}.wav`, music, { sampleFormat });
      const said = await save(`said-${sampleFormat}.wav`, music, { sampleFormat, dither });
      expect(readFileSync(unsaid).equals(readFileSync(said))).toBe(true);
    }
  });
});

describe('a file that cannot be written', () => {
  const options = { sampleRate: 44_100, channels: 1 };

  it('in a folder that is not there', async () => {
    await expect(createAudioWriter(at('no/such.wav'), options)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('under the name of a folder', async () => {
    mkdirSync(at('folder.wav'));
    await expect(createAudioWriter(at('folder.wav'), { ...options, force: true })).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('folder'),
    });
  });

  it('over another file, unless forced', async () => {
    writeFileSync(at('mine.wav'), 'precious');
    await expect(createAudioWriter(at('mine.wav'), options)).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/exists already.*--force/),
    });
    expect(readFileSync(at('mine.wav'), 'latin1')).toBe('precious');
    await save('mine.wav', [new Float32Array(10)], { force: true });
    expect(readFileSync(at('mine.wav'), 'latin1').startsWith('RIFF')).toBe(true);
  });

  it('when a file of that name appears meanwhile', async () => {
    const writer = await createAudioWriter(at('late.wav'), options);
    writeFileSync(at('late.wav'), 'other');
    await expect(writer.finish()).rejects.toMatchObject({ kind: 'denied' });
    expect(readFileSync(at('late.wav'), 'latin1')).toBe('other');
    expect(leftovers()).toEqual([]);
  });

  it('with an ending of no known format', async () => {
    await expect(createAudioWriter(at('a.xyz'), options)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('.xyz'),
    });
    expect(leftovers()).toEqual([]);
  });

  it('with samples that are no numbers', async () => {
    const writer = await createAudioWriter(at('nan.wav'), options);
    await expect(writer.write([Float32Array.of(0, Number.NaN)], 2)).rejects.toMatchObject({ kind: 'internal' });
    expect(existsSync(at('nan.wav'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('when cancelled or given up', async () => {
    const controller = new AbortController();
    const cancelled = await createAudioWriter(at('cancelled.wav'), { ...options, signal: controller.signal });
    await cancelled.write([new Float32Array(100)], 100);
    controller.abort();
    await expect(cancelled.write([new Float32Array(100)], 100)).rejects.toMatchObject({ kind: 'cancelled' });
    const given = await createAudioWriter(at('given-up.wav'), options);
    await given.abort();
    await given.abort();
    expect(existsSync(at('cancelled.wav')) || existsSync(at('given-up.wav'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('without ffmpeg, when the format needs it', async () => {
    const missing = { ...options, ffmpegPath: at('no-ffmpeg-here') };
    await expect(createAudioWriter(at('song.mp3'), missing)).rejects.toMatchObject({
      kind: 'unsupported',
      needs: 'ffmpeg',
    });
    expect(leftovers()).toEqual([]);
  });
});

describe.runIf(hasFfmpeg)('by the user’s ffmpeg', () => {
  it.each(['mp3', 'ogg', 'opus', 'm4a'])('.%s begins where the source does', async (ending) => {
    const samples = fixtureSignal(48_000, 2);
    const path = await save(`encoded.${ending}`, samples, { sampleRate: 48_000 });
    const { clip } = await decodeFile(path);
    const { shift, correlation } = alignment(samples[1]!, clip.channels[1]!, 40);
    expect(Math.abs(shift)).toBeLessThanOrEqual(1);
    expect(correlation).toBeGreaterThan(0.98);
    expect(leftovers()).toEqual([]);
  });
});
