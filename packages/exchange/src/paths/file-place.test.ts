import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPlace, anyText } from '../testing/hostile-names.ts';
import { type FilePlace, pathOf, placeOf, relocated, stepsBetween } from './file-place.ts';

/** What no relative path leaves. */
function rootOf(place: FilePlace): string {
  const parts = place.root === 'share' ? 2 : 1;
  return pathOf(place)
    .replace(/^\\\\/, '')
    .split(place.root === 'posix' ? '/' : '\\', parts)
    .join('\\')
    .toLowerCase();
}

describe('places of files', () => {
  it.each([
    ['/music/a.mp3', { root: 'posix', names: ['music', 'a.mp3'] }],
    ['//music/./b/../a\\b.mp3', { root: 'posix', names: ['music', 'a\\b.mp3'] }],
    ['c:/Music\\a.mp3', { root: 'drive', letter: 'C', names: ['Music', 'a.mp3'] }],
    ['\\\\nas\\music\\a.mp3', { root: 'share', host: 'nas', names: ['music', 'a.mp3'] }],
    ['/../../etc', { root: 'posix', names: ['etc'] }],
  ])('%s', (path, place) => {
    expect(placeOf(path)).toEqual(place);
  });

  it.each(['a.mp3', './a.mp3', 'C:a.mp3', '', 'C:', '\\a.mp3', '\\\\?\\C:\\a.mp3', '/half\ud800'])(
    '%j is refused with the path and what is wrong',
    (path) => {
      expect(() => placeOf(path)).toThrow(/is no usable path/);
    },
  );

  it('are what their paths say, whatever their names', () => {
    fc.assert(
      fc.property(anyPlace(anyText), (place) => {
        expect(placeOf(pathOf(place))).toEqual(place);
      }),
    );
  });

  it('are reached from any folder of the same root by steps', () => {
    fc.assert(
      fc.property(anyPlace(anyText), anyPlace(anyText), (folder, file) => {
        const steps = stepsBetween(folder, file);
        if (steps === null) expect(rootOf(folder)).not.toBe(rootOf(file));
        else {
          const arrived = placeOf(pathOf({ ...folder, names: [...folder.names, ...steps] }));
          expect(pathOf(arrived).toLowerCase()).toBe(pathOf(file).toLowerCase());
        }
      }),
    );
  });
});

describe('relocation', () => {
  const rules = [
    { from: placeOf('/mnt/music'), to: placeOf('M:\\Music') },
    { from: placeOf('C:\\Users\\me'), to: placeOf('/Users/me') },
    { from: placeOf('/mnt'), to: placeOf('/Volumes/USB') },
  ];

  it.each([
    ['/mnt/music/a/b.mp3', 'M:\\Music\\a\\b.mp3'],
    ['/mnt/musical/b.mp3', '/Volumes/USB/musical/b.mp3'],
    ['c:\\users\\ME\\b.mp3', '/Users/me/b.mp3'],
    ['/MNT/b.mp3', '/MNT/b.mp3'],
    ['/mnt', '/Volumes/USB'],
  ])('%s becomes %s', (from, to) => {
    expect(pathOf(relocated(placeOf(from), rules))).toBe(to);
  });
});
