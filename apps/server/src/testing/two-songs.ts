import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePng, writeSmallSong } from '@tutti/media/testing';

/** Two short songs and a cover, in a folder that is made for them. */
export function putTwoSongs(folder: string): readonly [string, string] {
  mkdirSync(folder, { recursive: true });
  const songs = [join(folder, 'first.wav'), join(folder, 'second.wav')] as const;
  writeSmallSong(songs[0], { bpm: 120, seconds: 12, rootHz: 110 });
  writeSmallSong(songs[1], { bpm: 126, seconds: 12, rootHz: 146.8 });
  writeFileSync(join(folder, 'cover.png'), makePng(400, 300));
  return songs;
}
