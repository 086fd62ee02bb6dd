import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { Mp3Decoder } from './mp3-decoder.ts';

const decoder = new Mp3Decoder(new Kernels());

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

  it('says that side information contradicts itself', () => {
    decoder.reset();
    const content = new Uint8Array(60);
    // 511 pairs of big values in the first granule of the first channel: bits 20 + 12 onward.
    content.set([0x00, 0x00, 0x0f, 0xff, 0xff, 0xff], 0);
    expect(decoder.decode(frame(0, content), 1152)).toBe('damaged');
    expect(allFinite()).toBe(true);
  });

  it('refuses frames that are too long', () => {
    expect(() => decoder.decode(new Uint8Array(5000), 1152)).toThrow(/4096/);
  });
});
