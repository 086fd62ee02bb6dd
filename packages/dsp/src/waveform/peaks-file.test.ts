import { describe, expect, it } from 'vitest';
import type { WaveformPeaks } from './band-peaks.ts';
import { parsePeaks, peaksToBytes } from './peaks-file.ts';

const peaks: WaveformPeaks = {
  sampleRate: 48_000,
  frames: 3000,
  lowHz: 150,
  highHz: 4000,
  levels: [256, 2048].map((framesPerBin, level) => ({
    framesPerBin,
    values: Uint8Array.from({ length: 3 * Math.ceil(3000 / framesPerBin) }, (_, i) => (7 * i + 100 * level) % 256),
  })),
};
const bytes = peaksToBytes(peaks);

/** The file with some of its bytes set. */
function withBytes(at: number, ...values: number[]): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  changed.set(values, at);
  return changed;
}

describe('peaks files', () => {
  it('come back as they were written', () => {
    expect(parsePeaks(bytes)).toEqual(peaks);
  });

  it('are what the format says, byte for byte', () => {
    expect(bytes.length).toBe(24 + 2 * 8 + 3 * (12 + 2));
    // "TTPK", version 1, 3 bands, 2 levels, 48000 Hz, 3000 frames, 150 and 4000 Hz, 256 frames in each of 12 bins.
    const start = [
      0x54, 0x54, 0x50, 0x4b, 1, 0, 3, 2, 0x80, 0xbb, 0, 0, 0xb8, 0x0b, 0, 0, 0, 0, 0, 0, 0x96, 0, 0xa0, 0x0f,
    ];
    expect([...bytes.subarray(0, 32)]).toEqual([...start, 0, 1, 0, 0, 12, 0, 0, 0]);
    expect([...bytes.subarray(40, 43)]).toEqual([0, 7, 14]);
  });

  it('are read from the middle of a larger buffer without a copy', () => {
    const larger = new Uint8Array(bytes.length + 11);
    larger.set(bytes, 5);
    const found = parsePeaks(larger.subarray(5, 5 + bytes.length));
    expect(found).toEqual(peaks);
    expect(found.levels[0]!.values.buffer).toBe(larger.buffer);
  });

  it.each([
    ['nothing', new Uint8Array(0), /0 bytes; the header alone takes 24/],
    ['another file', withBytes(0, 0x52), /does not begin with "TTPK"/],
    ['a later version', withBytes(4, 2), /version 2; version 1 is known/],
    ['other bands', withBytes(6, 4), /4 bands/],
    ['no levels', withBytes(7, 0), /0 levels; 1 to 16/],
    ['more levels than bytes', withBytes(7, 16), /ends within its 16 levels/],
    ['no sample rate', withBytes(8, 0, 0), /sample rate is 0/],
    ['a sample rate of 4 GHz', withBytes(8, 255, 255, 255, 255), /sample rate is 4294967295/],
    ['more frames than can be counted', withBytes(12, 255, 255, 255, 255, 255, 255, 255, 255), /frames/],
    ['more frames than bins', withBytes(12, 0xb9, 0x1b), /level 0 has 12 bins; 7097 frames make 28/],
    ['crossovers the wrong way round', withBytes(20, 0xa0, 0x0f, 0x96, 0), /4000 and 150 Hz/],
    ['bins of no frames', withBytes(24, 0, 0, 0, 0), /level 0 has 0 frames a bin/],
    [
      'a level finer than the one before',
      withBytes(32, 16, 0, 0, 0),
      /level 1 has 16 frames a bin, the one before it 256/,
    ],
    ['more bins than bytes', withBytes(28, 255, 255, 255, 255), /4294967295 bins/],
    ['a cut end', bytes.subarray(0, -1), /level 1 ends at byte 82; the file has 81/],
    ['something behind', Uint8Array.from([...bytes, 0]), /1 bytes follow/],
  ])('are refused when they hold %s', (_, wrong, reason) => {
    expect(() => parsePeaks(wrong)).toThrow(reason);
    expect(() => parsePeaks(wrong)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });

  it('never crash the reader, wherever a byte is changed', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 127, 255]) {
        try {
          expect(parsePeaks(withBytes(at, value)).levels.length).toBe(2);
        } catch (error) {
          expect(error).toMatchObject({ name: 'DspError', kind: 'corrupt' });
        }
      }
    }
  });
});
