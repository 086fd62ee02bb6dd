import { mkdir } from 'node:fs/promises';
import { integratedLufs } from '../../loudness/ffmpeg-loudness.ts';
import { masterSongs, type Program } from './master-songs.ts';
import type { Song } from './song-list.ts';

/** How the loudness relations of an album came through. */
export interface Album {
  readonly songs: readonly string[];
  /** Difference of the two songs of every pair after less before, the largest, LU; by ffmpeg. */
  readonly largestErrorLu: number;
  readonly spreadBeforeLu: number;
  readonly warnings: readonly string[];
}

const SONGS_OF_AN_ALBUM = 4;

/** Every album takes songs from all over the list, so that they differ in loudness. */
export function albumsOf(songs: readonly Song[], count: number): Song[][] {
  const most = Math.min(count, Math.floor(songs.length / SONGS_OF_AN_ALBUM));
  const step = Math.floor(songs.length / SONGS_OF_AN_ALBUM);
  return Array.from({ length: most }, (_, album) =>
    Array.from({ length: SONGS_OF_AN_ALBUM }, (_, track) => songs[album + track * step]!),
  );
}

/** Masters albums, and compares the loudness relations of their songs before and after. */
export async function masterAlbums(
  albums: readonly (readonly Song[])[],
  folder: string,
  program: Program,
): Promise<{ readonly albums: readonly Album[]; readonly failures: readonly string[] }> {
  const judged: Album[] = [];
  const failures: string[] = [];
  for (const [index, songs] of albums.entries()) {
    const into = `${folder}/${index}`;
    await mkdir(into, { recursive: true });
    const run = await masterSongs(songs, into, { ...program, options: [...program.options, '--album'] });
    failures.push(...run.failures.map((words) => `album ${index + 1}: ${words}`));
    const gains: number[] = [];
    const before: number[] = [];
    for (const { song, written } of run.masters) {
      const was = await integratedLufs(song.path);
      before.push(was);
      gains.push((await integratedLufs(written.path)) - was);
    }
    if (gains.length < 2) continue;
    judged.push({
      songs: songs.map(({ name }) => name),
      largestErrorLu: Math.max(...gains) - Math.min(...gains),
      spreadBeforeLu: Math.max(...before) - Math.min(...before),
      warnings: [...new Set(run.masters.flatMap(({ plan }) => plan.warnings))],
    });
  }
  return { albums: judged, failures };
}
