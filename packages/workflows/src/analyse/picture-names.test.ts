import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureNames } from './picture-names.ts';

describe('pictureNames', () => {
  it('keeps names that are safe, with their ending', () => {
    expect(pictureNames(['/a/Ärger & Café (live).flac', '/b/音.mp3'])).toEqual([
      'Ärger & Café (live).flac.svg',
      '音.mp3.svg',
    ]);
  });

  it('replaces what is not, and hides no file', () => {
    expect(pictureNames(['.hidden.wav', '-rf.wav', 'a\u001b[31m\nb<i>.wav', 'con.wav', 'x;rm *.ogg', '..'])).toEqual([
      '_hidden.wav.svg',
      '_rf.wav.svg',
      'a__31m_b_i_.wav.svg',
      '_con.wav.svg',
      'x_rm _.ogg.svg',
      '_.svg',
    ]);
  });

  it('numbers files of the same name', () => {
    expect(pictureNames(['a/One.wav', 'b/one.wav', 'c/ONE.wav'])).toEqual([
      'One.wav.svg',
      'one.wav-2.svg',
      'ONE.wav-3.svg',
    ]);
  });

  it('makes no path, no long name and no name twice of anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 12 }), (paths) => {
        const names = pictureNames(paths);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name).not.toMatch(/[/\\\p{Cc}]|^\./u);
          expect(Buffer.byteLength(name)).toBeLessThan(255);
        }
      }),
    );
  });
});
