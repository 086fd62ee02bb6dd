import { describe, expect, it } from 'vitest';
import { int16Bytes, makeWav } from '../../testing/make-wav.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { decodeFile } from '../decode-file.ts';

const folder = temporaryFolder();
const values = [0, 0.5, -0.5, 0.25, -1, 1 - 2 ** -7];
const samples = Float32Array.from({ length: 3000 }, (_, i) => values[i % values.length]!);

async function expectSamples(bytes: Uint8Array, format: object) {
  const decoded = await decodeFile(folder.put('made', bytes));
  expect(decoded.format).toMatchObject(format);
  expect(decoded.warnings).toEqual([]);
  expect(decoded.clip.channels).toEqual([samples]);
}

function chunk(id: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
}

/** An 80-bit extended number for whole rates below 2^31. */
function extended(rate: number): Buffer {
  const bytes = Buffer.alloc(10);
  const exponent = Math.floor(Math.log2(rate));
  bytes.writeUInt16BE(16383 + exponent, 0);
  bytes.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 2);
  return bytes;
}

function makeAiff(data: Uint8Array, bits: number, compression?: string): Buffer {
  const figures = Buffer.alloc(8);
  figures.writeUInt16BE(1, 0);
  figures.writeUInt32BE(samples.length, 2);
  figures.writeUInt16BE(bits, 6);
  const common = Buffer.concat([
    figures,
    extended(22_050),
    Buffer.from(compression ? `${compression}\0\0` : '', 'latin1'),
  ]);
  const sound = chunk('SSND', Buffer.concat([Buffer.alloc(8), data]));
  const body = Buffer.concat([Buffer.from(compression ? 'AIFC' : 'AIFF', 'latin1'), chunk('COMM', common), sound]);
  return chunk('FORM', body);
}

function bytesOf(size: number, write: (bytes: Buffer, value: number, at: number) => void): Buffer {
  const bytes = Buffer.alloc(samples.length * size);
  samples.forEach((sample, i) => {
    write(bytes, sample, i * size);
  });
  return bytes;
}

const bigEndian = bytesOf(2, (b, v, at) => b.writeInt16BE(v * 32768, at));

describe('AIFF', () => {
  it.each([
    ['8 bits, signed', 8, undefined, bytesOf(1, (b, v, at) => b.writeInt8(v * 128, at))],
    ['16 bits', 16, undefined, bigEndian],
    ['24 bits', 24, undefined, bytesOf(3, (b, v, at) => b.writeIntBE(v * 8388608, at, 3))],
    ['32 bits', 32, undefined, bytesOf(4, (b, v, at) => b.writeInt32BE(v * 2147483648, at))],
    ['12 bits in two bytes', 12, undefined, bigEndian],
    ['little-endian', 16, 'sowt', bytesOf(2, (b, v, at) => b.writeInt16LE(v * 32768, at))],
    ['floats', 32, 'fl32', bytesOf(4, (b, v, at) => b.writeFloatBE(v, at))],
    ['long floats', 64, 'fl64', bytesOf(8, (b, v, at) => b.writeDoubleBE(v, at))],
  ])('of %s', async (_, bits, compression, data) => {
    await expectSamples(makeAiff(data, bits, compression), { container: 'aiff', sampleRate: 22_050, channels: 1 });
  });

  it('at a rate between whole ones is taken at the nearest', async () => {
    const aiff = makeAiff(bigEndian, 16);
    // 22254.5454 Hz, what the first computers with sound had.
    Buffer.from('400daddd1745d1745d17', 'hex').copy(aiff, aiff.indexOf('COMM') + 16);
    await expectSamples(aiff, { sampleRate: 22_255 });
  });

  it('of no bits, or of more than there are', async () => {
    for (const bits of [0, 33, 65]) {
      const aiff = makeAiff(int16Bytes([samples]), bits);
      await expect(decodeFile(folder.put('bits', aiff))).rejects.toMatchObject({
        kind: 'corrupt',
        message: expect.stringContaining(`${bits} bits`),
      });
    }
  });

  it('without samples, or cut off', async () => {
    const aiff = makeAiff(int16Bytes([samples]), 16);
    const head = aiff.subarray(0, aiff.indexOf('SSND') + 9);
    await expect(decodeFile(folder.put('cut-in-head', head))).rejects.toMatchObject({ kind: 'empty' });
    await expect(decodeFile(folder.put('none', aiff.subarray(0, 38)))).rejects.toMatchObject({ kind: 'empty' });
    const { clip, warnings } = await decodeFile(folder.put('cut', aiff.subarray(0, aiff.length - 1000)));
    expect(clip.channels[0]!.length).toBe(samples.length - 500);
    expect(warnings.join()).toMatch(/cut off/);
  });
});

it('an ID3 tag before the header is passed over', async () => {
  const tag = Buffer.concat([Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x14', 'latin1'), Buffer.alloc(20)]);
  await expectSamples(Buffer.concat([tag, makeWav(int16Bytes([samples]))]), { container: 'wav' });
  await expectSamples(Buffer.concat([tag, makeAiff(bigEndian, 16)]), { container: 'aiff' });
});

describe('WAV', () => {
  it.each([
    ['8 bits, unsigned', { bits: 8 }, bytesOf(1, (b, v, at) => b.writeUInt8(v * 128 + 128, at))],
    ['16 bits', { bits: 16 }, int16Bytes([samples])],
    ['24 bits', { bits: 24 }, bytesOf(3, (b, v, at) => b.writeIntLE(v * 8388608, at, 3))],
    ['32 bits', { bits: 32 }, bytesOf(4, (b, v, at) => b.writeInt32LE(v * 2147483648, at))],
    ['20 bits in three bytes', { bits: 20, blockAlign: 3 }, bytesOf(3, (b, v, at) => b.writeIntLE(v * 8388608, at, 3))],
    [
      '24 bits in four bytes',
      { bits: 24, blockAlign: 4 },
      bytesOf(4, (b, v, at) => b.writeInt32LE(v * 2147483648, at)),
    ],
    ['floats', { bits: 32, tag: 3 }, bytesOf(4, (b, v, at) => b.writeFloatLE(v, at))],
    ['long floats', { bits: 64, tag: 3 }, bytesOf(8, (b, v, at) => b.writeDoubleLE(v, at))],
  ])('of %s', async (_, parts, data) => {
    await expectSamples(makeWav(data, parts), { container: 'wav', sampleRate: 44_100 });
  });

  it('of big-endian kind (RIFX)', async () => {
    const wav = makeWav(bigEndian);
    wav.write('RIFX', 'latin1');
    for (const at of [4, 16, 24, 28, 40]) wav.writeUInt32BE(wav.readUInt32LE(at), at);
    for (const at of [20, 22, 32, 34]) wav.writeUInt16BE(wav.readUInt16LE(at), at);
    await expectSamples(wav, { sampleRate: 44_100 });
  });

  it('of the extensible kind', async () => {
    const plain = makeWav(int16Bytes([samples]));
    const format = Buffer.alloc(48);
    plain.copy(format, 0, 12, 36);
    format.writeUInt32LE(40, 4);
    format.writeUInt16LE(0xfffe, 8);
    format.writeUInt16LE(22, 24);
    format.writeUInt16LE(1, 32);
    format.write('000000001000800000aa00389b71', 34, 'hex');
    await expectSamples(Buffer.concat([plain.subarray(0, 12), format, plain.subarray(36)]), { codec: 'pcm' });
  });

  it('of the long kind (RF64), whose sizes are in a chunk of their own', async () => {
    const plain = makeWav(int16Bytes([samples]), { riffSize: 0xffffffff, dataSize: 0xffffffff });
    plain.write('RF64', 'latin1');
    const sizes = Buffer.alloc(36);
    sizes.write('ds64', 'latin1');
    sizes.writeUInt32LE(28, 4);
    sizes.writeBigUInt64LE(BigInt(samples.length * 2), 16);
    const tail = Buffer.from('LIST\x04\x00\x00\x00abcd', 'latin1');
    await expectSamples(Buffer.concat([plain.subarray(0, 12), sizes, plain.subarray(12), tail]), { codec: 'pcm' });
  });
});
