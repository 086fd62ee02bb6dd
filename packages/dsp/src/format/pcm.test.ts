import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { PcmDecoder, PcmEncoder, type PcmEncoding, pcmSampleBytes } from './pcm.ts';
import { quantiseTwin, readSampleTwin } from './pcm.twin.ts';

const kernels = new Kernels();
const ENCODINGS: PcmEncoding[] = [
  ...(['u8', 's8', 's16le', 's16be', 's24le', 's24be', 's32le', 's32be'] as const),
  ...(['f32le', 'f32be', 'f64le', 'f64be', 'alaw', 'mulaw'] as const),
];

describe('PcmDecoder', () => {
  it.each(ENCODINGS)('reads %s as its twin does, any bytes, any number of channels', (encoding) => {
    const mark = kernels.mark();
    const decoders = [1, 2, 3].map((channels) => {
      const block = new SampleBlock(kernels, channels, 40);
      return { block, channels, decoder: new PcmDecoder(block, encoding) };
    });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 39 * 3 * 8 }), fc.nat(2), (bytes, which) => {
        const { block, channels, decoder } = decoders[which]!;
        const frames = Math.min(40, Math.floor(bytes.length / decoder.frameBytes));
        decoder.decode(bytes.subarray(0, frames * decoder.frameBytes));
        expect(block.frames).toBe(frames);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        for (let i = 0; i < frames * channels; i++) {
          const expected = Math.fround(readSampleTwin(view, i * pcmSampleBytes(encoding), encoding));
          const result = block.channel(i % channels)[Math.floor(i / channels)]!;
          if (Number.isNaN(expected)) expect(result).toBeNaN();
          else expect(result + 0).toBe(expected + 0);
        }
      }),
    );
    kernels.release(mark);
  });

  it('refuses half a frame', () => {
    const block = new SampleBlock(kernels, 2, 16);
    expect(() => new PcmDecoder(block, 's16le').decode(new Uint8Array(6))).toThrow(/1\.5/);
  });

  it('reads the first and last A-law and mu-law codes as G.711 has them', () => {
    const block = new SampleBlock(kernels, 1, 16);
    new PcmDecoder(block, 'alaw').decode(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a));
    expect(Array.from(block.channel(0).subarray(0, 4), (x) => x * 32768)).toEqual([8, -8, 32256, -32256]);
    new PcmDecoder(block, 'mulaw').decode(Uint8Array.of(0xff, 0x80, 0x00));
    expect(Array.from(block.channel(0).subarray(0, 3), (x) => x * 32768)).toEqual([0, 32124, -32124]);
  });
});

describe('PcmEncoder', () => {
  it.each([
    ['s16le', 16],
    ['s24le', 24],
  ] as const)('writes %s as its twin does: rounded half to even, clamped, NaN as 0', (output, bits) => {
    const mark = kernels.mark();
    const encoders = [1, 2, 5].map((channels) => {
      const block = new SampleBlock(kernels, channels, 50);
      return { block, channels, encoder: new PcmEncoder(block, output) };
    });
    const halves = fc.integer({ min: -9_000_000, max: 9_000_000 }).map((n) => Math.fround((n + 0.5) / 2 ** (bits - 1)));
    const sample = fc.oneof(
      fc.float({ min: -2, max: 2 }),
      halves,
      fc.constantFrom(Number.NaN, Infinity, -Infinity, 1, -1),
    );
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 50 }), fc.nat(2), (samples, which) => {
        const { block, channels, encoder } = encoders[which]!;
        const channelSamples = Array.from({ length: channels }, (_, c) =>
          Float32Array.from(samples, (x) => (c ? -x : x)),
        );
        block.write(channelSamples, 0, samples.length);
        const bytes = encoder.encode();
        expect(bytes.length).toBe(samples.length * channels * (bits / 8));
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        for (let i = 0; i < samples.length * channels; i++) {
          const value = channelSamples[i % channels]![Math.floor(i / channels)]!;
          const result = readSampleTwin(view, i * (bits / 8), output) * 2 ** (bits - 1);
          expect(result).toBe(quantiseTwin(value, bits) + 0);
        }
      }),
    );
    kernels.release(mark);
  });

  it('dithers integers only, in the block', () => {
    const block = new SampleBlock(kernels, 1, 16);
    const dither = { kind: 'triangular', sampleRate: 44_100, seed: 1 } as const;
    expect(() => new PcmEncoder(block, 'f32le', dither)).toThrow(/f32le/);
    for (const [output, bits] of [
      ['s16le', 16],
      ['s24le', 24],
    ] as const) {
      const encoder = new PcmEncoder(block, output, dither);
      block.write([new Float32Array(16).fill(0.3 * 2 ** -bits)], 0, 16);
      const bytes = encoder.encode();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const values = Array.from({ length: 16 }, (_, i) => readSampleTwin(view, (i * bits) / 8, output));
      expect(values.map((value) => value + 0)).toEqual(
        Array.from(block.channel(0).subarray(0, 16), (value) => value + 0),
      );
      expect(new Set(values).size).toBeGreaterThan(1);
    }
  });
});
