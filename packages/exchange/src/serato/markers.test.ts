import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySeratoMarkers } from '../testing/any-serato-markers.ts';
import { openSeratoField, sealSeratoField } from './field.ts';
import { parseSeratoFirstMarkers, writeSeratoFirstMarkers } from './first-markers.ts';
import { NO_SERATO_MARKERS, type SeratoMarkers } from './markers.ts';
import { parseSeratoMarkers } from './read-markers.ts';
import { writeSeratoMarkers } from './write-markers.ts';

const RED = { red: 0xcc, green: 0, blue: 0 };
const YELLOW = { red: 0xcc, green: 0xcc, blue: 0 };
const BLUE = { red: 0x27, green: 0xaa, blue: 0xe1 };

/** A frame around content that is written here byte by byte. */
function frame(content: number[] | Buffer): Uint8Array {
  const text = Buffer.from(content).toString('base64').replace(/=+$/, '');
  const lines = text.replace(/(.{72})(?=.)/g, '$1\n');
  return Buffer.concat([Buffer.from([1, 1]), Buffer.from(lines), Buffer.alloc(Math.max(1, 468 - lines.length))]);
}
const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

describe('Serato Markers2', () => {
  it('is read as published examples have it', () => {
    // github.com/Holzhaus/serato-tags, docs/serato_markers2.md: a track without markers, 470 bytes.
    const empty = frame(hex('0101 434f4c4f5200 00000004 00ffffff 42504d4c4f434b00 00000001 0000'));
    expect(Buffer.from(empty.subarray(2, 42)).toString()).toBe('AQFDT0xPUgAAAAAEAP///0JQTUxPQ0sAAAAAAQAA');
    expect(parseSeratoMarkers(empty)).toEqual({
      markers: { ...NO_SERATO_MARKERS, colour: { red: 255, green: 255, blue: 255 }, gridLocked: false },
      remarks: [],
    });
    const cues = frame(
      hex(`0101 434F4C4F5200 00000004 00FFFFFF 43554500 0000000D 00 02 00000029 00 00CC00 0000 00
           43554500 0000000D 00 03 0000207D 00 CCCC00 0000 00 42504D4C4F434B00 00000001 00 00`),
    );
    expect(parseSeratoMarkers(cues).markers.cues).toEqual([
      { index: 2, seconds: 0.041, colour: { red: 0, green: 0xcc, blue: 0 }, name: '' },
      { index: 3, seconds: 8.317, colour: YELLOW, name: '' },
    ]);
  });

  it('is written byte for byte as the published examples are', () => {
    const markers: SeratoMarkers = {
      cues: [{ index: 1, seconds: 0.041, colour: RED, name: 'drop' }],
      loops: [{ index: 0, seconds: 0, endSeconds: 2.086, colour: BLUE, locked: true, name: '' }],
      colour: { red: 0x99, green: 0xff, blue: 0x99 },
      gridLocked: true,
      others: [],
    };
    const content = hex(`0101 434f4c4f5200 00000004 0099ff99
      43554500 00000011 00 01 00000029 00 cc0000 0000 64726f7000
      4c4f4f5000 00000015 00 00 00000000 00000826 ffffffff 0027aae1 00 01 00
      42504d4c4f434b00 00000001 01 00`);
    const written = writeSeratoMarkers(markers);
    expect(written).toHaveLength(470);
    expect(Buffer.from(written).equals(Buffer.from(frame(content)))).toBe(true);
    expect(parseSeratoMarkers(written)).toEqual({ markers, remarks: [] });
  });

  it('comes back as it was written, also by way of a field of FLAC or MP4', () => {
    fc.assert(
      fc.property(anySeratoMarkers, (markers) => {
        const data = writeSeratoMarkers(markers);
        expect(parseSeratoMarkers(data)).toEqual({ markers, remarks: [] });
        const field = openSeratoField(sealSeratoField({ name: 'Serato Markers2', data }));
        expect(field.name).toBe('Serato Markers2');
        expect(Buffer.from(field.data).equals(Buffer.from(data))).toBe(true);
      }),
    );
  });

  it('is read with one character of base64 too many, and without the zero at the end', () => {
    const cue = hex('0101 43554500 0000000D 00 02 00000029 00 00CC00 0000 00');
    const text = cue.toString('base64').replace(/=+$/, '');
    for (const end of ['', 'A', 'AA', '\nA']) {
      const odd = Buffer.concat([Buffer.from([1, 1]), Buffer.from(text + end)]);
      expect(parseSeratoMarkers(odd).markers.cues).toHaveLength(1);
    }
  });

  it('keeps what is damaged or unknown as it is, and says what is cut off', () => {
    const odd = frame(hex('0101 43554500 00000003 000102 464c495000 00000002 aabb 434f4c4f5200 000000ff 00'));
    const { markers, remarks } = parseSeratoMarkers(odd);
    expect(markers.others.map(({ type, data }) => [type, [...data]])).toEqual([
      ['CUE', [0, 1, 2]],
      ['FLIP', [0xaa, 0xbb]],
    ]);
    expect(remarks).toEqual([expect.stringContaining('CUE of 3 bytes'), expect.stringContaining('after 2 entries')]);
    expect(parseSeratoMarkers(writeSeratoMarkers(markers)).markers).toEqual(markers);
  });

  it('is refused, whatever it holds, with a sentence and nothing else', () => {
    expect(() => parseSeratoMarkers(hex('0205'))).toThrow(/begins with 02 05/);
    expect(() => parseSeratoMarkers(hex('0101 2d2d2d2d'))).toThrow(/no base64/);
    expect(() => parseSeratoMarkers(new Uint8Array(2 ** 22 + 1))).toThrow(/at most/);
    const isRefused = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        expect(error).toMatchObject({ name: 'ExchangeError' });
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        isRefused(() => parseSeratoMarkers(bytes));
        isRefused(() => parseSeratoMarkers(frame([1, 1, ...bytes])));
        isRefused(() => parseSeratoFirstMarkers(Uint8Array.from([2, 5, 0, 0, 0, 14, ...bytes])));
        isRefused(() => openSeratoField(Buffer.from(bytes).toString('base64')));
      }),
    );
  });

  it('names the marker that it cannot hold, and cuts names between characters', () => {
    const cue = { index: 0, seconds: 1, colour: RED, name: 'x' };
    const write = (change: object) => writeSeratoMarkers({ ...NO_SERATO_MARKERS, cues: [{ ...cue, ...change }] });
    expect(() => write({ seconds: -0.1 })).toThrow(/marker "x" is at -0.1 s; 0 to/);
    expect(() => write({ seconds: Number.NaN })).toThrow(/NaN/);
    expect(() => write({ index: 256 })).toThrow(/pad 256/);
    expect(() => write({ colour: { red: 1.5, green: 0, blue: 0 } })).toThrow(/no colour/);
    const [read] = parseSeratoMarkers(write({ name: `a\0${'é'.repeat(40)}` })).markers.cues;
    expect(read!.name).toBe(`a${'é'.repeat(24)}`);
  });
});

describe('Serato Markers_', () => {
  it('holds the first cues and loops as the published example does', () => {
    // docs/serato_markers_.md: 0:00, 3:38.4, 1:00, 0:00.1 and 0:01 in five colours, no loops, a white track.
    const example = hex(`0205 0000000e
      00 00000000 7f 7f7f7f7f 00 7f7f7f7f7f 06300000 01 00   00 000d2a58 7f 7f7f7f7f 00 7f7f7f7f7f 06321000 01 00
      00 0003 5464 7f 7f7f7f7f 00 7f7f7f7f7f 0000014c 01 00  00 0000006c 7f 7f7f7f7f 00 7f7f7f7f7f 06331800 01 00
      00 00000777 7f 7f7f7f7f 00 7f7f7f7f7f 00031800 01 00
      ${'7f 7f7f7f7f 7f 7f7f7f7f 00 7f7f7f7f7f 00000000 03 00 '.repeat(9)} 077f7f7f`);
    const markers = parseSeratoFirstMarkers(example);
    expect(markers.cues.map(({ seconds }) => seconds)).toEqual([0, 218.456, 60.004, 0.108, 1.015]);
    expect(
      markers.cues.map(({ colour }) =>
        Object.values(colour)
          .map((part) => part.toString(16))
          .join(' '),
      ),
    ).toEqual([...['cc 0 0', 'cc 88 0', '0 0 cc', 'cc cc 0', '0 cc 0']]);
    expect(markers).toMatchObject({ loops: [], colour: { red: 255, green: 255, blue: 255 } });
    expect(Buffer.from(writeSeratoFirstMarkers(markers)).equals(example)).toBe(true);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anySeratoMarkers, (any) => {
        const inIt = <Marker extends { index: number; seconds: number }>(list: readonly Marker[], pads: number) =>
          Array.from({ length: pads }, (_, pad) => list.filter(({ index }) => index === pad).slice(0, 1))
            .flat()
            .filter(({ seconds }) => seconds < 16_777);
        const loops = any.loops.filter(({ endSeconds }) => endSeconds < 16_777);
        const expected = {
          cues: inIt(any.cues, 5),
          loops: inIt(loops, 9),
          colour: any.colour ?? { red: 255, green: 255, blue: 255 },
        };
        const nameless = <Marker extends object>(list: readonly Marker[]) =>
          list.map((marker) => ({ ...marker, name: '' }));
        expect(parseSeratoFirstMarkers(writeSeratoFirstMarkers({ ...any, loops }))).toEqual({
          ...NO_SERATO_MARKERS,
          ...{ cues: nameless(expected.cues), loops: nameless(expected.loops), colour: expected.colour },
        });
      }),
    );
  });

  it('is refused when it is cut off or is something else', () => {
    expect(() => parseSeratoFirstMarkers(hex('0205 0000000e 00'))).toThrow(/cut off/);
    expect(() => parseSeratoFirstMarkers(hex('0101'))).toThrow(/02 05/);
  });
});
