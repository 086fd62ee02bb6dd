// Makes the constants that embeddings are whitened with, from songs that anyone can compose again:
//   node scripts/run.mjs conformance/embedding/write-whitening.ts
// Eight takes of each style of the demo songs. Takes some minutes. A later analyser gives slightly other constants (another
// tempo, another mode of a song): those of a model are kept, new ones are a new model (EMBEDDING_MODEL).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeSong } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import type { EmbeddingStatistics } from '@tutti/music/analysis';
import { clipStatistics } from './clip-statistics.ts';
import { songsOfTake } from './whitening-songs.ts';

const TAKES = 8;
const DIGITS = 6;
const KINDS = ['rhythm', 'timbre', 'harmony'] as const;

const kernels = new Kernels();
const songs: EmbeddingStatistics[] = [];
for (let take = 0; take < TAKES; take++) {
  for (const spec of songsOfTake(take)) songs.push(clipStatistics(kernels, composeSong(spec).clip));
  console.error(`take ${take + 1} of ${TAKES}`);
}

/** Mean and standard deviation of a statistic over the songs that have it. */
function moments(values: readonly (number | null)[]): { mean: number; deviation: number } {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  if (!(deviation > 0)) throw new Error('a statistic is the same in all songs');
  return { mean, deviation };
}

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(DIGITS))).join(', ');
const entries = KINDS.map((kind) => {
  const columns = songs[0]![kind].map((_, i) => moments(songs.map((song) => song[kind][i]!)));
  const lists = (['mean', 'deviation'] as const).map(
    (name) => `    ${name}: [${rounded(columns.map((column) => column[name]))}],\n`,
  );
  return `  ${kind}: {\n${lists.join('')}  },\n`;
});
writeFileSync(
  join(import.meta.dirname, '../../packages/music/src/analysis/embedding/whitening.data.ts'),
  `// Made by \`node scripts/run.mjs conformance/embedding/write-whitening.ts\` from ${songs.length} composed songs; then formatted.
import type { Whitening } from './whitening.ts';

export const WHITENING: Whitening = {
${entries.join('')}};
`,
);
