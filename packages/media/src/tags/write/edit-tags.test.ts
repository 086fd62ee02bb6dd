import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../decode/decode-file.ts';
import { fixturePath } from '../../testing/fixture-path.ts';
import { makeWav } from '../../testing/make-wav.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { hasFfmpeg } from '../../testing/with-ffmpeg.ts';
import { readTagFields } from '../read-tag-fields.ts';
import { planTagEdit } from './edit-tags.ts';
import type { Splice } from './splice.ts';
import { spliceFile } from './splice-file.ts';
import type { TagChanges } from './tag-change.ts';

const folder = temporaryFolder();
const NATIVE = ['stereo-128.mp3', 'no-header.mp3', 'stereo-16.flac', 'stereo.ogg', 'surround.opus', 'flac-in-ogg.oga'];
const BY_FFMPEG = ['alac.m4a', 'stereo.m4a'];

const pcm = (samples: Float32Array) => Buffer.from(Int16Array.from(samples, (sample) => sample * 32_767).buffer);
const tones = (frames: number) => Float32Array.from({ length: frames }, (_, i) => Math.sin(i / 9) / 2);
folder.put('tones.wav', makeWav(pcm(tones(4001))));
folder.put('tones.aiff', aiff(tones(4001)));

let copies = 0;
function copyOf(name: string): string {
  copies += 1;
  const from = /^tones/.test(name) ? join(folder.path, name) : fixturePath(name);
  const to = join(folder.path, `${copies}-${name}`);
  copyFileSync(from, to);
  return to;
}

const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const soundOf = async (path: string) => (await decodeFile(path)).audioHash;
const texts = (wanted: TagChanges['texts']): TagChanges => ({ texts: wanted, objects: {} });

async function edit(path: string, changes: TagChanges): Promise<readonly Splice[]> {
  const splices = await planTagEdit(path, changes);
  const { before, after, undo } = await spliceFile(path, splices, async () => {});
  expect(after).toBe(sha(path));
  expect(before === after).toBe(splices.length === 0);
  return undo;
}

/** Sixteen-bit mono. */
function aiff(samples: Float32Array): Buffer {
  const chunk = (id: string, body: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length);
    return Buffer.concat([Buffer.from(id, 'latin1'), size, body, Buffer.alloc(body.length % 2)]);
  };
  const common = Buffer.alloc(18);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(samples.length, 2);
  common.writeUInt16BE(16, 6);
  // 44,100 as an 80-bit float.
  Buffer.from('400eac44000000000000', 'hex').copy(common, 8);
  const sound = Buffer.alloc(8 + samples.length * 2);
  samples.forEach((sample, i) => {
    sound.writeInt16BE(Math.round(sample * 32_767), 8 + i * 2);
  });
  return chunk('FORM', Buffer.concat([Buffer.from('AIFF', 'latin1'), chunk('COMM', common), chunk('SSND', sound)]));
}

describe('writing tags', () => {
  // The reader of tags reads none in FLAC in Ogg.
  const ALL = [
    ...NATIVE.filter((name) => !name.endsWith('.oga')),
    'tones.wav',
    'tones.aiff',
    ...(hasFfmpeg ? BY_FFMPEG : []),
  ];

  it.each(ALL)('%s: says what it is told, keeps its sound, and is undone byte for byte', async (name) => {
    const path = copyOf(name);
    const sound = await soundOf(path);
    const original = sha(path);
    const before = await readTagFields(path);
    const wanted = {
      bpm: '127.98',
      key: 'Gm',
      comment: '6A – schön 日本',
      replayGain: '-6.20 dB',
      replayPeak: '0.987654',
    };
    const undo = await edit(path, texts(wanted));
    const { bpm, key, comment, replayGainDb, replayPeak, ...others } = await readTagFields(path);
    expect([bpm, key, comment]).toEqual([[name.endsWith('.m4a') ? '128' : '127.98'], ['Gm'], ['6A – schön 日本']]);
    if (!name.endsWith('.opus')) expect([replayGainDb, replayPeak]).toEqual([['-6.2'], ['0.987654']]);
    const { comment: _, ...others0 } = before;
    expect(others).toEqual(others0);
    expect(await soundOf(path)).toBe(sound);
    // The same again is nothing to do.
    expect(await planTagEdit(path, texts(wanted))).toEqual([]);
    const changed = sha(path);
    const redo = await spliceFile(path, undo, async () => {});
    expect(sha(path)).toBe(original);
    await spliceFile(path, redo.undo, async () => {});
    expect(sha(path)).toBe(changed);
    await edit(path, texts({ bpm: null, key: null, comment: null, replayGain: null, replayPeak: null }));
    expect(await readTagFields(path)).toEqual(others0);
    expect(await soundOf(path)).toBe(sound);
  });

  it.each(['stereo-128.mp3', 'stereo-16.flac', 'tones.wav', 'tones.aiff'])(
    '%s: a second change does not move the sound',
    async (name) => {
      const path = copyOf(name);
      await edit(path, texts({ bpm: '100' }));
      const { size } = statSync(path);
      await edit(path, texts({ bpm: '100.25', key: 'Am', comment: 'a longer one than before' }));
      expect(statSync(path).size).toBe(size);
    },
  );

  it.each(['stereo-128.mp3', 'stereo-16.flac', 'tones.aiff', ...(hasFfmpeg ? ['stereo.m4a'] : [])])(
    '%s: objects are written and taken away again',
    async (name) => {
      const path = copyOf(name);
      const sound = await soundOf(path);
      const content = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) % 256);
      const object = (bytes: Uint8Array) => ({ bytes, text: Buffer.from(bytes).toString('base64') });
      await edit(path, {
        texts: {},
        objects: { seratoMarkers: object(content), seratoBeatGrid: object(content.subarray(0, 9)) },
      });
      const bytes = readFileSync(path);
      const hasObject = name.endsWith('.mp3') || name.endsWith('.aiff');
      expect(
        bytes.includes(hasObject ? 'Serato Markers2' : name.endsWith('.m4a') ? 'markersv2' : 'SERATO_MARKERS_V2'),
      ).toBe(true);
      if (hasObject) expect(bytes.includes(Buffer.from(content))).toBe(true);
      expect(await soundOf(path)).toBe(sound);
      await edit(path, { texts: {}, objects: { seratoMarkers: null, seratoBeatGrid: null } });
      expect(readFileSync(path).includes(hasObject ? 'Serato Markers2' : 'markersv2')).toBe(false);
    },
  );

  it.runIf(hasFfmpeg)('FLAC in Ogg says what it is told, by another reader', async () => {
    const path = copyOf('flac-in-ogg.oga');
    const sound = await soundOf(path);
    await edit(path, texts({ bpm: '127.98', comment: 'schön' }));
    const metadata = ['-v', 'error', '-i', path, '-map_metadata', '0:s:0', '-f', 'ffmetadata', '-'];
    const { stdout } = spawnSync('ffmpeg', metadata, { encoding: 'utf8' });
    expect(stdout).toMatch(/BPM=127.98/);
    expect(stdout).toMatch(/comment=schön/i);
    expect(await soundOf(path)).toBe(sound);
  });

  it('has no place for objects in an Ogg file', async () => {
    const objects = { seratoMarkers: { bytes: new Uint8Array(9), text: 'x' } };
    await expect(planTagEdit(copyOf('stereo.ogg'), { texts: {}, objects })).rejects.toMatchObject({
      kind: 'unsupported',
    });
  });

  it('says the gain of an Opus file in its own way', async () => {
    const path = copyOf('surround.opus');
    await edit(path, texts({ replayGain: '-6.20 dB', replayPeak: '0.9' }));
    const text = readFileSync(path).toString('latin1');
    // 256 * (-6.2 - 5)
    expect(text).toContain('R128_TRACK_GAIN=-2867');
    expect(text).not.toContain('REPLAYGAIN');
    expect(await planTagEdit(path, texts({ replayPeak: '0.9' }))).toEqual([]);
  });

  it.each(NATIVE)('%s: any changes, one after another, keep the sound and are undone', async (name) => {
    const path = copyOf(name);
    const sound = await soundOf(path);
    const original = sha(path);
    const text = fc.option(
      fc.string({ unit: 'grapheme', maxLength: 3000 }).map((value) => value.replace(/\0/g, '')),
      { nil: null },
    );
    const changes = fc.record({ comment: text, key: text, replayGain: text }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 4 }), async (sequence) => {
        const undos: (readonly Splice[])[] = [];
        for (const wanted of sequence) undos.push(await edit(path, texts(wanted)));
        expect(await soundOf(path)).toBe(sound);
        for (const undo of undos.toReversed()) await spliceFile(path, undo, async () => {});
        expect(sha(path)).toBe(original);
      }),
      { numRuns: 12 },
    );
  });
});

describe('ID3v2 tags as other programs leave them', () => {
  const sound = readFileSync(fixturePath('no-header.mp3'));
  const synchsafe = (value: number) => [21, 14, 7, 0].map((shift) => (value >> shift) & 127);
  const big = (value: number, bytes: number) =>
    Array.from({ length: bytes }, (_, i) => (value >> (8 * (bytes - 1 - i))) & 255);
  const tag = (version: number, flags: number, body: readonly number[] | Buffer) =>
    Buffer.concat([Buffer.from([0x49, 0x44, 0x33, version, 0, flags, ...synchsafe(body.length)]), Buffer.from(body)]);
  const frame = (version: number, id: string, body: Buffer, plainSize = false) =>
    Buffer.concat([
      Buffer.from(id, 'latin1'),
      Buffer.from(
        version === 2
          ? big(body.length, 3)
          : version === 4 && !plainSize
            ? synchsafe(body.length)
            : big(body.length, 4),
      ),
      Buffer.alloc(version === 2 ? 0 : 2),
      body,
    ]);
  const words = (text: string) => Buffer.concat([Buffer.from([0]), Buffer.from(text, 'latin1')]);
  const picture = Buffer.from(Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? 0xff : i % 5 ? 0xe0 : 0)));
  const put = (name: string, ...parts: readonly Uint8Array[]) => folder.put(name, Buffer.concat([...parts, sound]));

  it.each([
    [
      '2.2',
      2,
      0,
      Buffer.concat([frame(2, 'TT2', words('a title')), frame(2, 'TBP', words('99')), frame(2, 'PIC', picture)]),
    ],
    [
      '2.3',
      3,
      0,
      Buffer.concat([
        frame(3, 'TIT2', words('a title')),
        frame(3, 'TBPM', words('99')),
        frame(3, 'APIC', picture),
        Buffer.alloc(50),
      ]),
    ],
    [
      '2.3 with an extended header',
      3,
      0x40,
      Buffer.concat([
        Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0, 0]),
        frame(3, 'TIT2', words('a title')),
        frame(3, 'TBPM', words('99')),
      ]),
    ],
    [
      '2.4',
      4,
      0,
      Buffer.concat([
        frame(4, 'TIT2', words('a title')),
        frame(4, 'APIC', picture),
        frame(4, 'TBPM', words('99')),
        frame(4, 'TBPM', words('98')),
      ]),
    ],
    [
      '2.4 with plain lengths',
      4,
      0,
      Buffer.concat([
        frame(4, 'APIC', picture, true),
        frame(4, 'TIT2', words('a title'), true),
        frame(4, 'TBPM', words('99'), true),
      ]),
    ],
  ] as const)('%s keeps its version and its other frames', async (name, version, flags, body) => {
    const path = put(`${name}.mp3`, tag(version, flags, body));
    const original = sha(path);
    const heard = await soundOf(path);
    const undo = await edit(path, texts({ bpm: '127.5', key: '8A', comment: 'ÿà – new' }));
    const bytes = readFileSync(path);
    expect(bytes[3]).toBe(version);
    expect(bytes.includes(picture) || version === 3).toBe(true);
    expect(await readTagFields(path)).toMatchObject({
      bpm: ['127.5'],
      key: ['8A'],
      comment: ['ÿà – new'],
      title: ['a title'],
    });
    expect(bytes.toString('latin1').match(/TBPM?/g)).toHaveLength(1);
    expect(await soundOf(path)).toBe(heard);
    await spliceFile(path, undo, async () => {});
    expect(sha(path)).toBe(original);
  });

  it('undoes the unsynchronisation of a 2.3 tag, and keeps that of a 2.4 tag', async () => {
    const spread = (bytes: Buffer) => Buffer.from([...bytes].flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])));
    const old = put(
      'unsync-3.mp3',
      tag(3, 0x80, spread(Buffer.concat([frame(3, 'APIC', picture), frame(3, 'TIT2', words('a title'))]))),
    );
    await edit(old, texts({ bpm: '90' }));
    expect(readFileSync(old)[5]).toBe(0);
    expect(readFileSync(old).includes(picture)).toBe(true);
    expect(await readTagFields(old)).toMatchObject({ bpm: ['90'], title: ['a title'] });
    const spreadFrame = frame(4, 'APIC', spread(picture));
    const path = put('unsync-4.mp3', tag(4, 0x80, Buffer.concat([spreadFrame, frame(4, 'TIT2', words('a title'))])));
    await edit(path, {
      texts: { comment: 'ÿà' },
      objects: { seratoBeatGrid: { bytes: Uint8Array.from([0xff, 0xe0, 0xff, 0, 0xff]), text: '' } },
    });
    expect(readFileSync(path)[5]).toBe(0x80);
    expect(readFileSync(path).includes(spreadFrame)).toBe(true);
    expect(await readTagFields(path)).toMatchObject({ comment: ['ÿà'], title: ['a title'] });
    await edit(path, { texts: {}, objects: { seratoBeatGrid: null } });
    expect(readFileSync(path).includes('Serato BeatGrid')).toBe(false);
  });

  it.each<[string, Buffer]>([
    [
      'a frame longer than its tag',
      tag(3, 0, Buffer.concat([Buffer.from('TIT2', 'latin1'), Buffer.from([0, 1, 0, 0, 0, 0, 0])])),
    ],
    ['a version that is none', tag(5, 0, Buffer.alloc(20))],
    ['letters behind the padding', tag(3, 0, Buffer.concat([Buffer.alloc(20), Buffer.from('x')]))],
    ['a compressed 2.2 tag', tag(2, 0x40, Buffer.alloc(20))],
  ])('refuses %s and leaves the file as it is', async (what, bytes) => {
    const path = put(`${what}.mp3`, bytes);
    const original = sha(path);
    await expect(planTagEdit(path, texts({ bpm: '90' }))).rejects.toMatchObject({
      kind: 'corrupt',
      message: expect.stringMatching(/tags are damaged/),
    });
    expect(sha(path)).toBe(original);
  });
});

describe('files whose tags cannot be written', () => {
  it.each<[string, Buffer, string, RegExp]>([
    ['text.mp3', Buffer.from('no sound at all'.repeat(99)), 'unsupported', /MP3, FLAC, Ogg, MP4, WAV and AIFF/],
    ['cut.flac', readFileSync(fixturePath('stereo-16.flac')).subarray(0, 60), 'corrupt', /metadata block/],
    ['cut.ogg', readFileSync(fixturePath('stereo.ogg')).subarray(0, 2000), 'corrupt', /Ogg page|before its sound/],
    [
      'cut.m4a',
      readFileSync(fixturePath('alac.m4a')).subarray(0, 5000),
      'corrupt',
      /ends behind the file|no atom "moov"/,
    ],
    ['cut.wav', makeWav(pcm(tones(500))).subarray(0, 600), 'unsupported', /ends before its RIFF does/],
  ])('%s', async (name, bytes, kind, message) => {
    const path = folder.put(name, bytes);
    await expect(planTagEdit(path, texts({ bpm: '90' }))).rejects.toMatchObject({
      kind,
      message: expect.stringMatching(message),
    });
  });

  it('damaged at any place: a clear error or a whole edit, never another one', async () => {
    const byte = fc.record({ at: fc.integer({ min: 0, max: 3000 }), value: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NATIVE, ...BY_FFMPEG),
        fc.array(byte, { minLength: 1, maxLength: 5 }),
        async (name, bytes) => {
          const damaged = Buffer.from(readFileSync(fixturePath(name)));
          for (const { at, value } of bytes) damaged[at % damaged.length] = value;
          const path = folder.put(`damaged-${name}`, damaged);
          const splices = await planTagEdit(path, texts({ bpm: '90', comment: 'x' })).catch((error: unknown) => {
            expect(error).toMatchObject({
              name: 'MediaError',
              kind: expect.stringMatching(/^(corrupt|unsupported|limit)$/),
            });
            return [];
          });
          let end = 0;
          for (const { position, removed } of splices) {
            expect(position).toBeGreaterThanOrEqual(end);
            end = position + removed;
            expect(end).toBeLessThanOrEqual(damaged.length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
