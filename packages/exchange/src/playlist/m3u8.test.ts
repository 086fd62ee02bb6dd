import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExchangeError } from '../errors.ts';
import { LONGEST_TEXT } from '../limits.ts';
import { pathOf, placeOf } from '../paths/file-place.ts';
import { anyPlace, anyText } from '../testing/hostile-names.ts';
import { readM3u8 } from './read-m3u8.ts';
import { writeM3u8 } from './write-m3u8.ts';

const entry = (path: string, title = 'A - B', seconds: number | null = 200.6) => ({
  place: placeOf(path),
  title,
  seconds,
});

describe('M3U8', () => {
  it('is written with lengths, names and absolute paths', () => {
    const entries = [
      entry('/music/AT&T 音.mp3', 'Björk - A\nB'),
      entry('C:\\Music\\a.mp3', '', null),
      entry('/a\nb.mp3'),
    ];
    expect(writeM3u8(entries, 'Friday', null)).toBe(
      '#EXTM3U\n#PLAYLIST:Friday\n#EXTINF:201,Björk - A B\n/music/AT&T 音.mp3\n#EXTINF:-1,\nC:\\Music\\a.mp3\n#EXTINF:201,A - B\nfile:///a%0Ab.mp3\n',
    );
  });

  it.each([
    ['/music/sets', '/music/a/#1.mp3', '../a/#1.mp3'],
    ['/music', '/music/#1.mp3', './#1.mp3'],
    ['/music', '/music/x:y.mp3', './x:y.mp3'],
    ['/music', '/music/ a.mp3', './ a.mp3'],
    ['/music', '/music/a\\b.mp3', '/music/a\\b.mp3'],
    ['C:\\Music\\Sets', 'c:\\MUSIC\\a.mp3', '../a.mp3'],
    ['C:\\Music', 'D:\\a.mp3', 'D:\\a.mp3'],
    ['\\\\nas\\m\\sets', '\\\\NAS\\m\\a.mp3', '../a.mp3'],
  ])('from %s to %s it is %s', (folder, path, line) => {
    expect(writeM3u8([entry(path)], 'x', placeOf(folder)).split('\n')[3]).toBe(line);
  });

  it('names the files that it was made of, whatever their names, and wherever it lies', () => {
    fc.assert(
      fc.property(anyPlace(anyText), anyPlace(anyText), fc.boolean(), (place, folder, relative) => {
        const text = writeM3u8([{ place, title: 'x', seconds: 1 }], 'x', relative ? folder : null);
        const { entries, remarks } = readM3u8(text, folder);
        expect(remarks).toEqual([]);
        expect(entries.map(({ path }) => path.toLowerCase())).toEqual([pathOf(place).toLowerCase()]);
        const line = text.split('\n')[3]!;
        if (line.startsWith('file:')) return;
        const { resolve } = place.root === 'posix' ? posix : win32;
        expect(resolve(pathOf(folder), line).toLowerCase()).toBe(pathOf(place).toLowerCase());
      }),
    );
  });

  it('brings back names and lengths', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 10_000 }), (title, seconds) => {
        const text = writeM3u8([{ place: placeOf('/a.mp3'), title, seconds }], title, null);
        const read = readM3u8(text, placeOf('/'));
        const line = title.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
        expect(read).toMatchObject({ name: line || null, entries: [{ title: line || null, seconds }] });
      }),
    );
  });

  it('is read as others write it', () => {
    const text =
      '\ufeff#EXTM3U\r\n\r\n#EXTINF:200.5 tvg-id="x",A, B\r\nmusic\\a.mp3\r\n# a comment\r\nfile:///C:/b%20c.mp3\r\nhttp://x/stream\r\n#EXTINF:\r\n/x/../d.mp3\r\nfile:///%\r\n';
    expect(readM3u8(text, placeOf('C:\\Lists'))).toEqual({
      name: null,
      entries: [
        { path: 'C:\\Lists\\music\\a.mp3', title: 'A, B', seconds: 200.5 },
        { path: 'C:\\b c.mp3', title: null, seconds: null },
        { path: '/d.mp3', title: null, seconds: null },
      ],
      remarks: [expect.stringMatching(/http:\/\/x\/stream.*network/), expect.stringMatching(/file:\/\/\/%/)],
    });
  });

  it('of any text at all is read or refused by an error of ours', () => {
    expect(() => readM3u8(' '.repeat(LONGEST_TEXT + 1), placeOf('/'))).toThrow(
      expect.objectContaining({ kind: 'limit' }),
    );
    expect(readM3u8(`/${'a'.repeat(20_000)}\n`, placeOf('/'))).toMatchObject({
      entries: [],
      remarks: [expect.any(String)],
    });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          for (const { path } of readM3u8(text, placeOf('/')).entries) expect(path).toBe(pathOf(placeOf(path)));
        } catch (error) {
          if (!(error instanceof ExchangeError)) throw error;
        }
      }),
    );
  });
});
