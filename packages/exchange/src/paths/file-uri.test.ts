import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPlace, anyText } from '../testing/hostile-names.ts';
import { pathOf, placeOf } from './file-place.ts';
import { fileUri, placeOfUri } from './file-uri.ts';

describe('file URIs', () => {
  it.each([
    ['/Users/dj/Müsic/AT&T #1 50%.mp3', 'file://localhost/Users/dj/M%C3%BCsic/AT%26T%20%231%2050%25.mp3'],
    ['C:\\Music\\a b.mp3', 'file://localhost/C:/Music/a%20b.mp3'],
    ['/C:/a.mp3', 'file://localhost/C%3A/a.mp3'],
    ['\\\\nas\\music\\a.mp3', 'file://nas/music/a.mp3'],
  ])('%s is %s', (path, uri) => {
    expect(fileUri(placeOf(path), 'localhost')).toBe(uri);
    expect(pathOf(placeOfUri(uri))).toBe(path);
  });

  it.each([
    ['file:///music/a.mp3', '/music/a.mp3'],
    ['FILE:/music/a.mp3', '/music/a.mp3'],
    ['file:////nas/music/a.mp3', '\\\\nas\\music\\a.mp3'],
    ['file://localhost/c|/a.mp3', 'C:\\a.mp3'],
    ['file://LOCALHOST/a%2B+b.mp3', '/a++b.mp3'],
  ])('%s is read as other programs mean it', (uri, path) => {
    expect(pathOf(placeOfUri(uri))).toBe(path);
  });

  it.each([
    'http://x/a.mp3',
    'file:a.mp3',
    'file://localhost',
    'file:///%',
    'file:///%ff',
    'file:///a%2fb',
    'file:///a%00',
  ])('%s is refused', (uri) => {
    expect(() => placeOfUri(uri)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });

  it('lead back to the file, read by us and by Node', () => {
    fc.assert(
      fc.property(anyPlace(anyText), fc.constantFrom('localhost' as const, '' as const), (place, authority) => {
        const uri = fileUri(place, authority);
        expect(uri).toMatch(/^[!-~]+$/);
        expect(placeOfUri(uri)).toEqual(place);
        const windows = place.root !== 'posix';
        expect(fileURLToPath(uri, { windows }).toLowerCase()).toBe(pathOf(place).toLowerCase());
      }),
    );
  });
});
