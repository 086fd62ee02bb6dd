import { join } from 'node:path';
import { parseMasterLines, type WrittenLine } from './master-lines.ts';
import type { Program } from './master-songs.ts';
import { runTutti } from './run-tutti.ts';
import type { Song } from './song-list.ts';

/** A song that was led towards another. */
export interface Match {
  readonly song: string;
  readonly reference: string;
  readonly distance: NonNullable<WrittenLine['reference']>;
}

/** Pairs each song with one from the other half of the list, so that they are of different origin. */
export function pairsOf(songs: readonly Song[], most: number): (readonly [Song, Song])[] {
  const half = songs.length >> 1;
  const count = Math.min(most, half);
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor((i * half) / count);
    return [songs[at]!, songs[at + half]!] as const;
  });
}

/** Leads the first of each pair towards the second. */
export async function matchPairs(
  pairs: readonly (readonly [Song, Song])[],
  folder: string,
  { program, options }: Program,
): Promise<{ readonly matches: readonly Match[]; readonly failures: readonly string[] }> {
  const matches: Match[] = [];
  const failures: string[] = [];
  for (const [song, reference] of pairs) {
    const out = join(folder, `${song.name}-as-${reference.name}.wav`);
    const args = ['master', song.path, '--reference', reference.path, '-o', out, '--json', '--quiet', ...options];
    const { stdout, stderr } = await runTutti(args, { program });
    const line = parseMasterLines(stdout)[0];
    if (!line || 'error' in line || line.written.reference === null) {
      failures.push(`${song.name} as ${reference.name}: ${stderr.trim()}`);
      continue;
    }
    matches.push({ song: song.name, reference: reference.name, distance: line.written.reference });
  }
  return { matches, failures };
}
