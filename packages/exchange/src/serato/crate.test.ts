import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../paths/file-place.ts';
import { anyText } from '../testing/hostile-names.ts';
import { LONGEST_CRATE, parseSeratoCrate, type SeratoCrate, writeSeratoCrate } from './crate.ts';
import { fileOfCrate, pathInCrate, placeOfCrate } from './crate-place.ts';

/** A record, written here byte by byte. */
function record(tag: string, data: Uint8Array | string): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf16le').swap16() : Buffer.from(data);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([Buffer.from(tag, 'latin1'), length, bytes]);
}
const track = (path: string) => record('otrk', record('ptrk', path));
const VERSION = record('vrsn', '1.0/Serato ScratchLive Crate');
const SORT = record('osrt', Buffer.concat([record('tvcn', 'song'), record('brev', Uint8Array.of(0))]));
const COLUMN = record('ovct', Buffer.concat([record('tvcn', 'song'), record('tvcw', '250')]));
const NIGHT = 'Music/Daft Punk - 2001 - Discovery/06 Night Vision.mp3';

const anyPath = fc
  .array(
    anyText.map((name) => name.replace(/[/\0]/g, '')).filter((name) => !/^\.{0,2}$/.test(name)),
    {
      ...{ minLength: 1, maxLength: 5 },
    },
  )
  .map((names) => names.join('/'))
  .filter((path) => path.isWellFormed());
const anyCrate: fc.Arbitrary<SeratoCrate> = fc.record({
  tracks: fc.uniqueArray(anyPath, { maxLength: 8 }),
  others: fc.array(
    fc.record({
      tag: fc.constantFrom('osrt', 'ovct', 'new ', '~~~~'),
      data: fc.uint8Array({ maxLength: 40 }),
    }),
    { maxLength: 4 },
  ),
});

describe('a crate of Serato', () => {
  it('is read and written byte for byte as Serato has it', () => {
    // The layout and the path of the example in the Mixxx wiki, with the sort and the column of published dumps.
    const bytes = Buffer.concat([VERSION, SORT, COLUMN, track(NIGHT), track('Música/音 🎵.flac')]);
    expect(bytes.subarray(0, 12).toString('hex')).toBe('7672736e000000380031002e');
    const { crate, remarks } = parseSeratoCrate(bytes);
    expect(remarks).toEqual([]);
    expect(crate.tracks).toEqual([NIGHT, 'Música/音 🎵.flac']);
    expect(crate.others.map(({ tag }) => tag)).toEqual(['osrt', 'ovct']);
    expect(Buffer.from(writeSeratoCrate(crate)).equals(bytes)).toBe(true);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyCrate, (crate) => {
        expect(parseSeratoCrate(writeSeratoCrate(crate))).toEqual({ crate, remarks: [] });
      }),
    );
  });

  it('has a track once', () => {
    const twice = Buffer.concat([VERSION, track('a'), track('b'), track('a')]);
    expect(parseSeratoCrate(twice).crate.tracks).toEqual(['a', 'b']);
    expect(parseSeratoCrate(writeSeratoCrate({ tracks: ['a', 'b', 'a'], others: [] })).crate.tracks).toEqual([
      'a',
      'b',
    ]);
  });

  it('gives what is whole of one that is cut off or damaged, and says so', () => {
    const whole = Buffer.concat([VERSION, track('a'), track('b'), track('c')]);
    const start = whole.length - track('c').length;
    for (let end = start + 1; end < whole.length; end++) {
      const { crate, remarks } = parseSeratoCrate(whole.subarray(0, end));
      expect(crate.tracks).toEqual(['a', 'b']);
      expect(remarks).toEqual([expect.stringContaining(`from byte ${start} of ${end} on`)]);
    }
    const odd = [
      ...[record('otrk', record('ptrk', Uint8Array.of(0, 65, 0))), record('otrk', record('ptrk', '\ud800'))],
      ...[record('otrk', record('none', 'a')), track(''), track('a//b'), track('../a'), track('a\0b')],
    ];
    const { crate, remarks } = parseSeratoCrate(Buffer.concat([VERSION, ...odd, track('z\0')]));
    expect(crate.tracks).toEqual(['z']);
    expect(remarks).toHaveLength(odd.length);
  });

  it('is refused when it is something else, or too large', () => {
    const others = [
      Buffer.alloc(0),
      Buffer.from('hello'),
      track('a'),
      record('vrsn', '2.0/Serato Scratch LIVE Database'),
    ];
    for (const bytes of others) expect(() => parseSeratoCrate(bytes)).toThrow(/it is no crate/);
    expect(() => parseSeratoCrate(new Uint8Array(LONGEST_CRATE + 1))).toThrow(/at most/);
    const columns = Buffer.concat([VERSION, ...Array<Buffer>(1001).fill(COLUMN)]);
    expect(() => parseSeratoCrate(columns)).toThrow(/over 1000 records/);
    for (const path of ['', '/a', 'a/', 'a/../b', 'a\0', '\ud800', 'a'.repeat(10_001)])
      expect(() => writeSeratoCrate({ tracks: [path], others: [] })).toThrow(/no path from the root/);
  });

  it('is read or refused with a sentence, whatever bytes there are', () => {
    const isRefused = (bytes: Uint8Array) => {
      let paths: readonly string[] = [];
      try {
        paths = parseSeratoCrate(bytes).crate.tracks;
      } catch (error) {
        expect(error).toMatchObject({ name: 'ExchangeError' });
      }
      for (const path of paths) expect(path).not.toMatch(/^$|^\/|\/\/|\/$/);
    };
    const broken = fc.record({
      crate: anyCrate,
      changes: fc.array(fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) }), { maxLength: 6 }),
      cut: fc.nat(),
    });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => isRefused(Buffer.concat([VERSION, bytes]))));
    fc.assert(
      fc.property(broken, ({ crate, changes, cut }) => {
        const bytes = Uint8Array.from(writeSeratoCrate(crate));
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        isRefused(bytes.subarray(0, bytes.length - (cut % 20)));
      }),
    );
  });
});

describe('the place of a crate', () => {
  it('is in the name of its file', () => {
    expect(placeOfCrate('Regular sets%%2026%%B-GrownUps.crate')).toEqual({
      ...{ folders: ['Regular sets', '2026'], name: 'B-GrownUps' },
    });
    expect(fileOfCrate({ folders: ['Regular sets'], name: 'AC/DC: 100 %?' })).toBe('Regular sets%%AC_DC_ 100 %_.crate');
    expect(fileOfCrate({ folders: ['%%'], name: '...' })).toBe('_%%_.crate');
    const names = fc.array(anyText, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, (parts) => {
        const file = fileOfCrate({ folders: parts.slice(0, -1), name: parts.at(-1)! });
        expect(file).not.toMatch(/[/\\]/);
        const place = placeOfCrate(file);
        expect(place.folders).toHaveLength(parts.length - 1);
        expect(fileOfCrate(place)).toBe(file);
      }),
    );
  });

  it.each([
    ['/Users/me/Music/a.mp3', null, 'Users/me/Music/a.mp3'],
    ['/Volumes/USB/Music/a.mp3', null, 'Music/a.mp3'],
    ['M:\\Music\\a.mp3', null, 'Music/a.mp3'],
    ['\\\\nas\\music\\a.mp3', null, null],
    ['/media/me/USB/Music/a.mp3', '/media/me/USB', 'Music/a.mp3'],
    ['/media/me/USB2/Music/a.mp3', '/media/me/USB', null],
    ['/a.mp3', '/', 'a.mp3'],
    ['M:\\Music\\a.mp3', 'M:\\Music', 'a.mp3'],
    ['N:\\Music\\a.mp3', 'M:\\', null],
  ])('of %s on the drive %s is %s', (path, drive, found) => {
    expect(pathInCrate(placeOf(path), drive === null ? null : placeOf(drive))).toBe(found);
  });
});
