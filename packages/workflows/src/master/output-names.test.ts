import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputNames } from './output-names.ts';

describe('outputNames', () => {
  it('keeps the names and changes the endings', () => {
    expect(outputNames(['/music/a.wav', '/music/b.tar.mp3'], '/out', 'flac')).toEqual([
      join('/out', 'a.flac'),
      join('/out', 'b.tar.flac'),
    ]);
  });

  it('refuses two masters of one name, capitals or not', () => {
    expect(() => outputNames(['/a/Song.wav', '/b/song.mp3'], '/out', 'wav')).toThrow(/\/a\/Song.wav and \/b\/song.mp3/);
  });

  it('refuses to replace a source', () => {
    expect(() => outputNames(['/music/a.wav'], '/music', 'wav')).toThrow(/would replace it/);
    expect(outputNames(['/music/a.wav'], '/music', 'flac')).toEqual([join('/music', 'a.flac')]);
  });
});
