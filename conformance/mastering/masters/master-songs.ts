import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, extname } from 'node:path';
import type { MasterPlan } from '@tutti/music/mastering';
import { integratedLufs, measureWithFfmpeg } from '../../loudness/ffmpeg-loudness.ts';
import { type JudgedMaster, judgeMaster } from './judge-master.ts';
import { parseMasterLines, type WrittenLine } from './master-lines.ts';
import { runTutti } from './run-tutti.ts';
import type { Song } from './song-list.ts';

/** How the program is started. */
export interface Program {
  /** The packed program's entry; this repository's source when left out. */
  readonly program?: string | undefined;
  /** Passed on to every `tutti master`. */
  readonly options: readonly string[];
}

/** A song that was mastered. */
export interface Mastered {
  readonly song: Song;
  readonly plan: MasterPlan;
  readonly written: WrittenLine;
}

export interface MasteredSongs {
  readonly masters: readonly Mastered[];
  /** Songs without a master, and why. */
  readonly failures: readonly string[];
}

const nameOf = (path: string) => basename(path, extname(path));

/** Masters songs in one start of the program, into a folder. */
export async function masterSongs(
  songs: readonly Song[],
  folder: string,
  { program, options }: Program,
): Promise<MasteredSongs> {
  if (songs.length === 0) return { masters: [], failures: [] };
  await mkdir(folder, { recursive: true });
  const jobs = ['--jobs', String(availableParallelism())];
  const paths = songs.map(({ path }) => path);
  const args = ['master', ...paths, '-o', `${folder}/`, '--json', '--quiet', ...jobs, ...options];
  const { stdout, stderr } = await runTutti(args, { program });
  const failures: string[] = [];
  const masters: Mastered[] = [];
  const lines = parseMasterLines(stdout);
  for (const line of lines) {
    if ('error' in line) {
      failures.push(`${nameOf(line.path)}: ${line.error.kind}: ${line.error.message}`);
      continue;
    }
    const name = nameOf(line.plan.source.path);
    masters.push({ song: songs.find((song) => song.name === name)!, ...line });
  }
  if (lines.length < songs.length)
    failures.push(`${songs.length - lines.length} of ${songs.length} songs were not heard of again: ${stderr.trim()}`);
  return { masters, failures };
}

/** Holds each master to its plan by ffmpeg's meter. */
export async function judgeMasters(masters: readonly Mastered[]): Promise<JudgedMaster[]> {
  const judged: JudgedMaster[] = [];
  for (const { song, plan, written } of masters) {
    const { truePeakDb } = await measureWithFfmpeg(written.path);
    const lufs = await integratedLufs(written.path);
    judged.push(judgeMaster(song, plan, written, { integratedLufs: lufs, truePeakDb }));
  }
  return judged;
}

/** The masters as songs, to be mastered once more. */
export function asSongs(masters: readonly Mastered[]): Song[] {
  return masters.map(({ song, written }) => ({ ...song, path: written.path }));
}
