import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { decodeWithKernel } from '../testing/mp3-compare.ts';
import { monoFrame, plainGranule } from '../testing/mp3-plain-frame.ts';
import { planStream } from '../testing/mp3-plans.ts';
import { type FramePlan, writeMp3 } from '../testing/mp3-writer.ts';
import { Mp3Decoder } from './mp3-decoder.ts';
import { frameTwin } from './mp3-side-info.twin.ts';

const kernels = new Kernels();
const decoder = new Mp3Decoder(kernels);

/** A frame at 128 kbit/s and 44.1 kHz whose bytes after the header are `content`, then zeros. */
function frame(mode: number, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(417);
  bytes.set([0xff, 0xfb, 0x90, mode]);
  bytes.set(content.subarray(0, 413), 4);
  return bytes;
}

function allFinite(): boolean {
  return [0, 1].every((channel) =>
    decoder.block.channel(channel).subarray(0, decoder.block.frames).every(Number.isFinite),
  );
}

const loud = { pairs: Array.from({ length: 200 }, (_, i) => ((i * 7) % 15) - 7) };

const peakOf = (samples: Float32Array) => samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

describe('Mp3Decoder', () => {
  it('gives silence for a frame of zeros', () => {
    decoder.reset();
    expect(decoder.decode(frame(0, new Uint8Array(0)), 1152)).toBe('whole');
    expect(decoder.block.frames).toBe(1152);
    expect(
      decoder.block
        .channel(0)
        .subarray(0, 1152)
        .every((x) => x === 0),
    ).toBe(true);
  });

  it('gives numbers for any bytes, in every mode', () => {
    const modes = fc.constantFrom(0x00, 0x40, 0x50, 0x60, 0x70, 0x80, 0xc0);
    fc.assert(
      fc.property(modes, fc.uint8Array({ minLength: 413, maxLength: 413 }), fc.boolean(), (mode, content, fresh) => {
        if (fresh) decoder.reset();
        // Main data that begins in this frame: damage is not hidden behind what is missing.
        if (fresh) content.fill(0, 0, 2);
        decoder.decode(frame(mode, content), 1152);
        expect(allFinite()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('says that earlier data is missing', () => {
    decoder.reset();
    expect(decoder.decode(frame(0, Uint8Array.of(0xff, 0x80)), 1152)).toBe('incomplete');
  });

  it('goes on from the mono sound where the right channel comes back, not from what it last had', () => {
    const sides = (granule: object): FramePlan => ({
      ...{ mode: 'stereo', midSide: false, intensity: false, spareSteps: 0 },
      shared: [0, 1].map(() => [false, false, false, false]),
      granules: [0, 1].map(() => [plainGranule({}), plainGranule(granule)]),
    });
    const decode = (plan: FramePlan) => {
      decoder.decode(writeMp3([plan], 44_100)[0]!, 1152);
      return [0, 1].map((channel) => decoder.block.channel(channel).slice(0, 1152));
    };
    decoder.reset();
    decode(sides(loud));
    decode(monoFrame([{}, {}]));
    expect(peakOf(decode(sides({}))[1]!)).toBe(0);
    decode(monoFrame([loud, loud]));
    const [left, right] = decode(sides({}));
    expect(peakOf(left!)).toBeGreaterThan(0.01);
    expect(right).toEqual(left);
  });

  it('takes no more memory than it makes sure of at first', () => {
    const mark = kernels.mark();
    expect(kernels.wasm.mp3DecoderCreate()).toBe(mark);
    expect(kernels.mark() - mark).toBeLessThanOrEqual(2 ** 18);
    kernels.release(mark);
  });

  it('gives the same samples into the middle of another block, and touches nothing before them', () => {
    const frames = writeMp3(planStream(11, 6, { sampleRate: 44_100 }), 44_100);
    const mark = kernels.mark();
    const target = new SampleBlock(kernels, 2, 3000);
    const decodeAll = (block: SampleBlock, at: number) => {
      decoder.reset();
      return frames.map((bytes) => {
        for (const channel of [0, 1]) target.channel(channel).fill(0.5);
        const status = decoder.decode(bytes, 1152, block, at);
        expect(block.frames).toBe(at + 1152);
        return [status, ...[0, 1].map((channel) => block.channel(channel).slice(at, at + 1152))];
      });
    };
    expect(decodeAll(target, 777)).toEqual(decodeAll(decoder.block, 0));
    decoder.decode(frames[0]!, 1152, target, 777);
    for (const channel of [0, 1])
      expect(target.channel(channel).subarray(0, 777)).toEqual(new Float32Array(777).fill(0.5));
    kernels.release(mark);
  });

  it('refuses blocks that its samples do not fit into', () => {
    const stereo = frame(0, new Uint8Array(0));
    expect(() => decoder.decode(stereo, 1152, new SampleBlock(kernels, 2, 2000), 785)).toThrow(/between 0 and 784/);
    expect(() => decoder.decode(stereo, 1152, new SampleBlock(kernels, 1, 2000))).toThrow(/channels of the block/);
    expect(() => decoder.decode(stereo, 1152, new SampleBlock(new Kernels(), 2, 2000))).toThrow(/other kernels/);
  });

  it('refuses frames that are too long', () => {
    expect(() => decoder.decode(new Uint8Array(5000), 1152)).toThrow(/4096/);
  });
});

/** Sets bits of a mono frame's side information: `at` counts from its first bit. */
function withSideBits(frame: Uint8Array, at: number, bits: string): Uint8Array {
  const changed = frame.slice();
  for (const [i, bit] of [...bits].entries()) {
    const position = 32 + at + i;
    const mask = 0x80 >> (position & 7);
    changed[position >> 3] = bit === '1' ? changed[position >> 3]! | mask : changed[position >> 3]! & ~mask;
  }
  return changed;
}

describe('a damaged MP3 frame', () => {
  const [good] = writeMp3([monoFrame([loud, loud])], 44_100) as [Uint8Array];
  // Behind 9 + 5 + 4 bits of the frame: part2_3_length 12, big_values 9, global_gain 8, scalefac_compress 4, switching 1.
  it.each([
    ['more bits than there are', 18, '111111111111'],
    ['more big values than lines', 30, '111111111'],
    ['a switched window of the normal type', 51, '100'],
    ['a table that does not exist', 52, '00100'],
    ['another that does not', 52, '01110'],
    ['fewer bits than its codes take', 18, '000000010000'],
  ])('with %s is told, and silent', (_, at, bits) => {
    decoder.reset();
    expect(decoder.decode(good, 1152)).toBe('whole');
    expect(peakOf(decoder.block.channel(0))).toBeGreaterThan(0.01);
    const damaged = withSideBits(good, at, bits);
    expect(decoder.decode(damaged, 1152)).toBe('damaged');
    // What the good frame left fades out in the first; the second has nothing.
    expect(decoder.decode(damaged, 1152)).toBe('damaged');
    expect(peakOf(decoder.block.channel(0).subarray(0, 1152))).toBe(0);
    expect(decoder.decode(good, 1152)).toBe('whole');
  });

  it('spoils nothing but itself, what begins in it, and one frame more', () => {
    const sampleRate = 44_100;
    const frames = writeMp3(planStream(7, 40, { sampleRate }), sampleRate);
    const clean = decodeWithKernel(decoder, frames, []);
    const payloads = frames.map((bytes) => bytes.length - frameTwin(bytes).payload);
    let spoilt = 0;
    for (const n of [5, 12, 19]) {
      const broken = frames.map((bytes, i) =>
        i === n ? bytes.map((byte, at) => (at < frameTwin(bytes).payload ? byte : byte ^ (at * 37))) : bytes,
      );
      const result = decodeWithKernel(decoder, broken, []);
      const reaches = (m: number) =>
        frameTwin(frames[m]!).mainDataBegin > payloads.slice(n + 1, m).reduce((sum, bytes) => sum + bytes, 0);
      const last = frames.findLastIndex((_, m) => m === n || (m > n && reaches(m)));
      for (const [channel, samples] of result.entries()) {
        expect(samples.every(Number.isFinite)).toBe(true);
        expect(samples.slice(0, n * 1152)).toEqual(clean[channel]!.slice(0, n * 1152));
        expect(samples.slice((last + 2) * 1152)).toEqual(clean[channel]!.slice((last + 2) * 1152));
        if (samples.some((x, i) => x !== clean[channel]![i])) spoilt += 1;
      }
    }
    expect(spoilt).toBe(6);
  });

  it('whose first half was in a lost frame gives its second half, unless that shares what was lost', () => {
    const scales = { scaleCompress: 15, scales: Array.from({ length: 21 }, () => 0) };
    const long = { ...scales, pairs: Array.from({ length: 400 }, (_, i) => ((i * 11) % 31) - 15) };
    for (const shared of [false, true]) {
      const [first, second] = writeMp3(
        [
          monoFrame([{}, {}]),
          monoFrame([long, { ...scales, ...loud }], { shared: [Array.from({ length: 4 }, () => shared)] }),
        ],
        44_100,
      ) as [Uint8Array, Uint8Array];
      expect(frameTwin(second).mainDataBegin).toBe(first.length - frameTwin(first).payload);
      decoder.reset();
      expect(decoder.decode(second, 1152)).toBe('incomplete');
      const samples = decoder.block.channel(0);
      expect(peakOf(samples.subarray(0, 576))).toBe(0);
      if (shared) expect(peakOf(samples.subarray(576, 1152))).toBe(0);
      else expect(peakOf(samples.subarray(576, 1152))).toBeGreaterThan(0.01);
    }
  });
});
