import type { NamedFile } from '@tutti/library';
import { expect, it } from 'vitest';
import { trackMatcher, type WantedTrack } from './match-tracks.ts';

const known = (id: number, path: string, rest: Partial<NamedFile> = {}): NamedFile => ({
  ...{ id, path, title: null, artist: null, seconds: 200, sound: id, ...rest },
});
const wanted = (path: string, rest: Partial<WantedTrack> = {}): WantedTrack => ({
  ...{ path, title: null, artist: null, seconds: null, ...rest },
});

const match = trackMatcher([
  known(1, '/m/Été.mp3', { title: 'Été', artist: 'Björk' }),
  known(2, '/m/a.mp3', { title: 'Song', artist: 'One' }),
  known(3, '/m/A.mp3', { title: 'Song', artist: 'Two' }),
  known(4, '/m/copy.flac', { title: 'Song', artist: 'Two', sound: 3 }),
  known(5, '/m/live.flac', { title: 'Hit', artist: 'Two', seconds: 300 }),
  known(6, '/m/studio.flac', { title: 'Hit', artist: 'Two', seconds: 200 }),
  known(7, '/m/unheard.flac', { title: 'New', artist: 'Two', seconds: null, sound: null }),
  known(8, '/m/unheard 2.flac', { title: 'New', artist: 'Two', seconds: null, sound: null }),
  known(9, '/m/nameless.flac'),
]);

it.each([
  ['the path', wanted('/m/a.mp3', { title: 'Hit', artist: 'Two' }), { file: 2, by: 'path' }],
  ['the case of a path where there are two', wanted('/m/A.mp3'), { file: 3, by: 'path' }],
  ['a path in other letters', wanted('/M/e\u0301te\u0301.MP3'), { file: 1, by: 'path' }],
  ['the name, whatever its accents', wanted('/x', { title: 'ETE', artist: 'bjork' }), { file: 1, by: 'name' }],
  ['the name in one text', wanted('/x', { title: 'Björk - Été', seconds: 201 }), { file: 1, by: 'name' }],
  ['a name that two files of one sound have', wanted('/x', { title: 'song', artist: 'two' }), { file: 3, by: 'name' }],
  ['the length', wanted('/x', { title: 'Hit', artist: 'Two', seconds: 298 }), { file: 5, by: 'name' }],
  ['no other length', wanted('/x', { title: 'Hit', artist: 'Two', seconds: 250 }), { file: null, reason: 'nothing' }],
  ['no guess', wanted('/x', { title: 'Hit', artist: 'Two' }), { file: null, reason: 'several' }],
  ['no guess of sounds unheard', wanted('/x', { title: 'New', artist: 'Two' }), { file: null, reason: 'several' }],
  ['no letters in another case where there are two', wanted('/M/a.MP3'), { file: null, reason: 'nothing' }],
  ['nothing without a name', wanted('/x', { title: '***' }), { file: null, reason: 'nothing' }],
])('goes by %s', (_, track, found) => {
  expect(match(track)).toEqual(found);
});
