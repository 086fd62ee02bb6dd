import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { FlacDecoder, type FlacStreamInfo } from './flac-decoder.ts';
import { FlacEncoder } from './flac-encoder.ts';

const kernels = new Kernels();
const CAPACITY = 700;

function pair(channels: number, bitsPerSample: 16 | 24) {
  const source = new SampleBlock(kernels, channels, CAPACITY);
  const result = new SampleBlock(kernels, channels, CAPACITY);
  const info: FlacStreamInfo = {
    ...{ minimumBlock: CAPACITY, maximumBlock: CAPACITY, sampleRate: 44_100, channels, bitsPerSample },
  };
  return {
    source,
    result,
    encoder: new FlacEncoder(source, bitsPerSample, 44_100),
    decoder: new FlacDecoder(result, info),
  };
}

/** Sounds of every temper: noise of any level, steps, slopes, tones, silence with clicks. */
function sound(bits: number): fc.Arbitrary<number[]> {
  const most = 2 ** (bits - 1);
  const length = { minLength: 1, maxLength: CAPACITY };
  const level = fc.integer({ min: 0, max: bits - 1 });
  const noise = level.chain((l) => fc.array(fc.integer({ min: -(2 ** l), max: 2 ** l - 1 }), length));
  const shaped = fc.tuple(fc.integer({ min: 1, max: CAPACITY }), level, fc.float({ min: 0, max: 2, noNaN: true }));
  const tone = shaped.map(([n, l, w]) =>
    Array.from({ length: n }, (_, i) => Math.trunc(Math.sin(i * w) * (2 ** l - 1))),
  );
  const steps = shaped.map(([n, l]) => Array.from({ length: n }, (_, i) => (Math.floor(i / 7) % 3) * 2 ** (l - 2)));
  const clicks = shaped.map(([n]) =>
    Array.from({ length: n }, (_, i) => (i % 97 === 5 ? -most : i % 89 === 3 ? most - 1 : 0)),
  );
  return fc.oneof(noise, tone, steps, clicks).map((list) => list.map((x) => Math.trunc(x) + 0));
}

describe('FlacEncoder and FlacDecoder', () => {
  it.each([
    [1, 16],
    [2, 16],
    [2, 24],
    [5, 16],
  ] as const)('%i channels of %i bits come back sample for sample', (channels, bits) => {
    const { source, result, encoder, decoder } = pair(channels, bits);
    let position = 0;
    fc.assert(
      fc.property(sound(bits), fc.boolean(), (values, alike) => {
        const scale = 2 ** (bits - 1);
        const planar = Array.from({ length: channels }, (_, c) =>
          Float32Array.from(
            values,
            (x, i) => (alike && c > 0 ? Math.max(-scale, x - (i % 2)) : c % 2 ? -x - 1 : x) / scale,
          ),
        );
        source.write(planar, 0, values.length);
        const bytes = encoder.encode();
        expect(bytes.length).toBeLessThanOrEqual(Math.ceil((values.length * channels * (bits + 1)) / 8) + 64);
        decoder.load(bytes);
        const frame = decoder.decode(0);
        expect(frame).toEqual({ bytes: bytes.length, position, sampleRate: 44_100, channels, bitsPerSample: bits });
        position += CAPACITY;
        expect(result.frames).toBe(values.length);
        for (let c = 0; c < channels; c++) expect(result.channel(c).slice(0, values.length)).toEqual(planar[c]);
      }),
      { numRuns: 150 },
    );
  });

  it('spends little more than the sound is worth', () => {
    const { source, encoder } = pair(1, 16);
    const bitsOf = (sampleAt: (i: number) => number) => {
      const samples = Float32Array.from({ length: CAPACITY }, (_, i) => Math.round(sampleAt(i)) / 32768);
      source.write([samples], 0, CAPACITY);
      return (encoder.encode().length * 8) / CAPACITY;
    };
    // Evenly spread noise of ten bits; a tone is predicted; one value and a coarse staircase are hardly anything.
    expect(bitsOf((i) => (Math.imul(i + 7, 0x9e37_79b1) >>> 22) - 512)).toBeLessThan(11.3);
    expect(bitsOf((i) => 9000 * Math.sin(i / 5))).toBeLessThan(5);
    expect(bitsOf(() => 77)).toBeLessThan(0.3);
    expect(bitsOf((i) => Math.floor(i / 100) * 4096)).toBeLessThan(2);
  });

  it('finds every flipped bit, and says of a part that more is needed', () => {
    const { source, encoder, decoder } = pair(2, 16);
    const tone = Float32Array.from({ length: 500 }, (_, i) => Math.round(Math.sin(i / 9) * 9000) / 32768);
    source.write([tone, tone.map((x) => -x)], 0, 500);
    const bytes = encoder.encode().slice();
    for (let at = 0; at < bytes.length; at++) {
      const broken = bytes.slice();
      broken[at]! ^= 1 << (at % 8);
      decoder.load(broken);
      expect(typeof decoder.decode(0)).toBe('string');
      decoder.load(bytes.subarray(0, at));
      expect(decoder.decode(0)).toBe('more');
    }
  });

  it('finds the next frame behind damage', () => {
    const { source, encoder, decoder } = pair(1, 16);
    source.silence(CAPACITY);
    source.channel(0)[3] = 0.5;
    const first = encoder.encode().slice();
    const second = encoder.encode().slice();
    const junk = Uint8Array.from({ length: 333 }, (_, i) => (i * 37) & 0xff);
    decoder.load(Buffer.concat([first.subarray(0, 20), junk, second]));
    expect(decoder.decode(0)).toBe('invalid');
    expect(decoder.find(1)).toBe(20 + 333);
    expect(decoder.decode(353)).toMatchObject({ bytes: second.length, position: CAPACITY });
  });

  it('refuses a frame that is longer than the stream’s longest', () => {
    const { source, encoder } = pair(1, 16);
    source.silence(20);
    const bytes = encoder.encode().slice();
    for (const [maximumBlock, expected] of [
      [20, 'object'],
      [19, 'string'],
    ] as const) {
      const info = { minimumBlock: 16, maximumBlock, sampleRate: 44_100, channels: 1, bitsPerSample: 16 };
      const decoder = new FlacDecoder(new SampleBlock(kernels, 1, maximumBlock), info);
      decoder.load(bytes);
      expect(typeof decoder.decode(0)).toBe(expected);
    }
  });

  it('takes any bytes without harm', () => {
    const { decoder } = pair(2, 24);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 400 }), (bytes) => {
        decoder.load(Buffer.concat([Buffer.from([0xff, 0xf8]), bytes]));
        decoder.decode(0);
        decoder.find(0);
      }),
    );
  });
});
