import { expect, it } from 'vitest';
import { trackOf } from './track-of.ts';

it('shows nothing of what is not said', () => {
  const { artists, genres, compilation, ...columns } = trackOf({});
  expect({ artists, genres, compilation }).toEqual({ artists: [], genres: [], compilation: false });
  expect(Object.values(columns).every((value) => value === null)).toBe(true);
});

it('shows the first value, and keeps the names of all', () => {
  const track = trackOf({ artist: ['A & B'], artists: ['A', 'B'], genre: ['x', 'y'], composer: ['C'], track: ['3'] });
  expect(track).toMatchObject({ artist: 'A & B', number: 3, genres: ['x', 'y'] });
  expect(track.artists).toEqual([
    { role: 'artist', names: ['A', 'B'] },
    { role: 'composer', names: ['C'] },
  ]);
});

it.each([
  [{ artists: ['A', 'B'] }, { artist: 'A, B' }],
  [{ album: ['X'], artist: ['A'] }, { album_artist: 'A' }],
  [{ album: ['X'], artist: ['A'], albumArtist: ['C'] }, { album_artist: 'C' }],
  [
    { album: ['X'], artist: ['A'], compilation: ['true'] },
    { album_artist: 'Various Artists', compilation: true },
  ],
  [{ album: ['X'] }, { album: 'X', album_artist: null }],
  [{ artist: ['A'], albumArtist: ['C'] }, { album_artist: null }],
  [
    { track: ['0'], disc: ['99999'], year: ['1997.5'], bpm: ['fast'] },
    { number: null, disc: null, year: null, tagged_bpm: null },
  ],
])('%j becomes %j', (fields, columns) => {
  expect(trackOf(fields)).toMatchObject(columns);
});
