import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { type SubframeForm, writeFlacFrame } from '../testing/flac-frames.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { crcTwin } from './flac-crc.twin.ts';
import { FlacDecoder } from './flac-decoder.ts';
import { flacFrameTwin } from './flac-decoder.twin.ts';
import { FlacEncoder } from './flac-encoder.ts';
import { encodeFlacTwin } from './flac-encoder.twin.ts';
import { quantiseTwin } from './pcm.twin.ts';

const kernels = new Kernels();

/** The integers of planar samples. */
function integers(channels: readonly Float32Array[], bits: 16 | 24): number[][] {
  return channels.map((channel) => Array.from(channel, (x) => quantiseTwin(x, bits) + 0));
}

function encodeWithKernel(channels: readonly Float32Array[], bits: 16 | 24, sampleRate: number): Uint8Array {
  const frames = channels[0]!.length;
  const block = new SampleBlock(kernels, channels.length, Math.max(frames, 16));
  block.write(channels, 0, frames);
  return new FlacEncoder(block, bits, sampleRate).encode().slice();
}

describe('the FLAC checks', () => {
  it('of the standard text of digits are those that are published', () => {
    const digits = new TextEncoder().encode('123456789');
    // CRC-8/SMBUS and CRC-16/UMTS of the catalogue of Cook.
    expect(crcTwin(digits, 8, 0x07)).toBe(0xf4);
    expect(crcTwin(digits, 16, 0x8005)).toBe(0xfee8);
  });
});

const song = [songLike(4096, 44_100), songLike(4096, 44_100, 2)];
const hiss = noise(4096, 3, 0.3);
const SOUNDS: readonly (readonly [string, readonly Float32Array[]])[] = [
  ['a song', song],
  ['a song in one channel', [song[0]!]],
  ['noise', [hiss, noise(4096, 4, 0.3)]],
  ['noise that is the same on both sides', [hiss, hiss.map((x) => x * 0.99)]],
  ['the difference of a quiet and a loud side', [hiss, hiss.map((x, i) => x + song[0]![i]! * 0.01)]],
  ['full scale', [noise(1000, 5, 1).map(Math.sign), noise(1000, 6, 1).map(Math.sign)]],
  ['coarse steps', [hiss.map((x) => Math.round(x * 20) / 64)]],
  ['silence on one side', [hiss, new Float32Array(4096)]],
  ['six channels', [0, 1, 2, 3, 4, 5].map((i) => noise(576, i + 1, 0.1 * i))],
  ['a short block', [sine(37, 44_100, 440, 0.5)]],
  ['a very short one', [sine(5, 44_100, 4400, 0.5)]],
];

describe('the FLAC encoder beside its twin', () => {
  for (const bits of [16, 24] as const) {
    it.each(SOUNDS)(`writes the same bytes for %s of ${bits} bits`, (_, channels) => {
      const bytes = encodeWithKernel(channels, bits, 44_100);
      expect(bytes).toEqual(encodeFlacTwin(integers(channels, bits), bits, 44_100, 0));
    });

    it.each(SOUNDS)(`loses nothing of %s of ${bits} bits, read by the definitions`, (_, channels) => {
      const bytes = encodeWithKernel(channels, bits, 44_100);
      const frame = flacFrameTwin(bytes, bits);
      expect(frame).toMatchObject({ bytes: bytes.length, number: 0, bitsPerSample: bits });
      expect(frame.channels).toEqual(integers(channels, bits));
    });
  }
});

const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** One of any form, for slow sound; `pick` is uniform on the whole numbers from 0 to below its argument. */
function randomForm(pick: (below: number) => number, bits: number, wasted: number): SubframeForm {
  const kind = (['verbatim', 'fixed', 'fixed', 'linear', 'linear', 'linear'] as const)[pick(6)]!;
  const partitionOrder = pick(3);
  const partitions = Array.from({ length: 2 ** partitionOrder }, () => (pick(4) === 0 ? 'escape' : pick(3) - 1));
  // Residuals must fit 32 bits (section 9.2.7): the widest samples need a predictor that predicts.
  const wide = bits > 30;
  const precision = wide ? 12 + pick(4) : 5 + pick(11);
  const shift = precision - 3;
  const order = wide ? 2 + pick(31) : 1 + pick(32);
  const near = (k: number) => (FIXED[2]![k] ?? 0) * 2 ** shift + (pick(4) === 0 ? 1 - pick(3) : 0);
  const coefficients = {
    verbatim: [],
    fixed: FIXED[wide ? 1 + pick(4) : pick(5)]!,
    linear: Array.from({ length: order }, (_, k) => near(k)),
  }[kind];
  return { kind, wasted, partitionOrder, partitions, precision, coefficients, shift: kind === 'linear' ? shift : 0 };
}

/** The frames of a FLAC file of the repository. */
function framesOf(name: string, bitsPerSample: number): Uint8Array[] {
  const bytes = readFileSync(join(import.meta.dirname, '../../../media/src/fixtures', name));
  let at = 4;
  for (let last = false; !last; at += 4 + bytes.readUIntBE(at + 1, 3)) last = bytes[at]! > 127;
  const frames: Uint8Array[] = [];
  while (at < bytes.length) {
    const frame = bytes.subarray(at, at + flacFrameTwin(bytes.subarray(at), bitsPerSample).bytes);
    frames.push(frame);
    at += frame.length;
  }
  return frames;
}

describe('the FLAC decoder', () => {
  it.each([
    ['stereo-16.flac', 16, 2],
    ['stereo-24.flac', 24, 2],
    ['mono-8k.flac', 16, 1],
    ['surround.flac', 16, 6],
  ])('reads %s as the definitions do', (name, bitsPerSample, channels) => {
    const block = new SampleBlock(kernels, channels, 4608);
    const info = { minimumBlock: 4608, maximumBlock: 4608, sampleRate: 44_100, channels, bitsPerSample };
    const decoder = new FlacDecoder(block, info);
    const frames = framesOf(name, bitsPerSample);
    expect(frames.length).toBeGreaterThan(1);
    for (const frame of frames) {
      decoder.load(frame);
      expect(decoder.decode(0)).toMatchObject({ bytes: frame.length });
      for (const [channel, samples] of flacFrameTwin(frame, bitsPerSample).channels.entries()) {
        const scaled = samples.map((x) => x / 2 ** (bitsPerSample - 1));
        expect([...block.channel(channel).subarray(0, block.frames)]).toEqual(scaled);
      }
    }
  });

  it.each([4, 8, 12, 16, 20, 24, 31, 32])('reads frames of every form, of %i bits', (bitsPerSample) => {
    const info = { minimumBlock: 192, maximumBlock: 192, sampleRate: 44_100, channels: 2, bitsPerSample };
    const block = new SampleBlock(kernels, 2, 192);
    const decoder = new FlacDecoder(block, info);
    const draws = noise(200_000, bitsPerSample);
    let drawn = 0;
    const pick = (below: number) => Math.floor(((draws[drawn++ % draws.length]! + 1) / 2) * below);
    for (let turn = 0; turn < 150; turn++) {
      const wasted = pick(3) === 0 ? pick(Math.min(bitsPerSample - 2, 8)) : 0;
      const step = 2 ** wasted;
      const largest = 2 ** (bitsPerSample - 1) - 1;
      const slow = (phase: number) =>
        Array.from({ length: 192 }, (_, i) => Math.floor((largest * Math.sin(i / 60 + phase)) / step) * step + 0);
      const left = slow(turn);
      // Against each other now and then: the side channel takes its one bit more.
      const right = pick(2) === 0 ? left.map((x) => Math.min(-x, largest + 1 - step) + 0) : slow(turn * 3);
      const assignment = [1, 8, 9, 10][pick(4)]!;
      const forms = [0, 1]
        .map(() => randomForm(pick, bitsPerSample, wasted))
        .map((form, i) =>
          // The sum that a middle is half of is no multiple of the step.
          assignment === 10 && i === 0 ? { ...form, wasted: 0 } : form,
        );
      const bytes = writeFlacFrame([left, right], bitsPerSample, assignment, forms);
      expect(flacFrameTwin(bytes, bitsPerSample).channels).toEqual([left, right]);
      decoder.load(bytes);
      expect(decoder.decode(0)).toMatchObject({ bytes: bytes.length, channels: 2, bitsPerSample });
      for (const [channel, samples] of [left, right].entries()) {
        expect([...block.channel(channel)]).toEqual(samples.map((x) => Math.fround(x / (largest + 1))));
      }
    }
  });
});
