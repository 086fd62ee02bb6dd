import { join } from 'node:path';
import { readWave } from '../wave-file.ts';
import { parseMasterLines, parsePreviewLines } from './master-lines.ts';
import type { Program } from './master-songs.ts';
import { runTutti } from './run-tutti.ts';
import type { Song } from './song-list.ts';

/** A preview beside the same seconds of the whole master. */
export interface JudgedPreview {
  readonly name: string;
  readonly span: string;
  readonly frames: number;
  /** Samples that are not the same, bit by bit, all channels. */
  readonly differing: number;
  readonly largestDifference: number;
}

/** Renders songs whole and as a preview, in 32-bit floats so that nothing is rounded away, and compares bit by bit. */
export async function judgePreviews(
  songs: readonly Song[],
  folder: string,
  { program, options }: Program,
): Promise<{ readonly previews: readonly JudgedPreview[]; readonly failures: readonly string[] }> {
  const previews: JudgedPreview[] = [];
  const failures: string[] = [];
  for (const { name, path } of songs) {
    const common = ['--bits', '32f', '--dither', 'none', '--json', '--quiet', ...options];
    const [whole, part] = [join(folder, `${name}-whole.wav`), join(folder, `${name}-part.wav`)];
    const full = await runTutti(['master', path, '-o', whole, ...common], { program });
    const heard = await runTutti(['master', path, '-o', part, '--preview', ...common], { program });
    const line = parseMasterLines(full.stdout)[0];
    const preview = parsePreviewLines(heard.stdout)[0];
    if (!line || 'error' in line || !preview) {
      failures.push(`preview of ${name}: ${full.stderr}${heard.stderr}`.trim());
      continue;
    }
    const { startSeconds, endSeconds } = preview.span;
    const [all, some] = [await readWave(whole), await readWave(part)];
    const from = Math.round(startSeconds * all.sampleRate);
    let differing = 0;
    let largestDifference = 0;
    for (const [channel, samples] of some.channels.entries()) {
      for (const [i, value] of samples.entries()) {
        const other = all.channels[channel]?.[from + i] ?? Number.NaN;
        if (Object.is(value, other)) continue;
        differing += 1;
        largestDifference = Math.max(largestDifference, Math.abs(value - other));
      }
    }
    previews.push({
      name,
      span: `${startSeconds.toFixed(1)} to ${endSeconds.toFixed(1)} s`,
      frames: some.channels[0]!.length,
      differing,
      largestDifference,
    });
  }
  return { previews, failures };
}
