import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCollection, beatsOf } from '../testing/any-collection.ts';
import { parseSeratoBeatGrid, type SeratoGridMark, writeSeratoBeatGrid } from './beat-grid.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
const counted = (marks: readonly SeratoGridMark[]) => beatsOf(marks.map((mark) => ({ ...mark, meter: 4, beat: 1 })));

describe('Serato BeatGrid', () => {
  it('is read and written as published examples have it', () => {
    // github.com/Holzhaus/serato-tags, docs/serato_beatgrid.md; the last byte is any.
    expect(parseSeratoBeatGrid(hex('0100 00000001 3e9c2838 42e60000 37'))).toEqual([
      { seconds: expect.closeTo(0.305, 3), bpm: 115 },
    ]);
    const three = hex('0100 00000003 3d3c3e82 00000040 41b0e148 00000014 42048f39 432e06c8 00');
    const marks = parseSeratoBeatGrid(three);
    expect(marks.map(({ seconds }) => seconds)).toEqual([0.045958, 22.11, 33.1399].map((at) => expect.closeTo(at, 4)));
    expect(marks.map(({ bpm }) => bpm)).toEqual([
      ...[(64 * 60) / (22.11 - 0.045958), (20 * 60) / (33.1399 - 22.11)].map((bpm) => expect.closeTo(bpm, 2)),
      expect.closeTo(174.026, 3),
    ]);
    expect(Buffer.from(writeSeratoBeatGrid(marks)).equals(three)).toBe(true);
    expect(parseSeratoBeatGrid(hex('0100 00000000 00'))).toEqual([]);
  });

  it('comes back with every beat within a millisecond for half an hour', () => {
    fc.assert(
      fc.property(anyCollection([4]), ({ tracks }) => {
        for (const { grid } of tracks) {
          const short = grid.filter(({ seconds }) => seconds < 1800);
          const written = counted(short);
          const read = counted(parseSeratoBeatGrid(writeSeratoBeatGrid(short)));
          expect(read).toHaveLength(written.length);
          // Beyond the last mark an error of the tempo grows; a float holds it to 6e-8 of itself.
          expect(Math.max(0, ...read.map((at, i) => Math.abs(at - written[i]!)))).toBeLessThan(0.001);
        }
      }),
    );
  });

  it('is refused with a sentence when it is no grid', () => {
    expect(() => parseSeratoBeatGrid(hex('0101 00000000'))).toThrow(/01 00/);
    expect(() => parseSeratoBeatGrid(hex('0100 ffffffff'))).toThrow(/at most/);
    expect(() => parseSeratoBeatGrid(hex('0100 00000002 00000000 00000001'))).toThrow(/cut off/);
    for (const mark of ['7fc00000 42e60000', '00000000 7fc00000', '00000000 00000000']) {
      expect(() => parseSeratoBeatGrid(hex(`0100 00000001 ${mark}`))).toThrow(/mark 1 .* is at/);
    }
    expect(() => parseSeratoBeatGrid(hex('0100 00000002 40000000 00000004 3f800000 42e60000'))).toThrow(/mark 1/);
    const bad = [
      [{ seconds: 0, bpm: 0 }],
      [{ seconds: Number.NaN, bpm: 120 }],
      [1, 0].map((seconds) => ({ seconds, bpm: 120 })),
      [0, 0.1].map((seconds) => ({ seconds, bpm: 120 })),
    ];
    for (const marks of bad) expect(() => writeSeratoBeatGrid(marks)).toThrow(/no place in a grid/);
  });

  it('is refused, whatever it holds, by an error of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          parseSeratoBeatGrid(Uint8Array.from([1, 0, 0, 0, 0, ...bytes]));
        } catch (error) {
          expect(error).toMatchObject({ name: 'ExchangeError' });
        }
      }),
    );
  });
});
