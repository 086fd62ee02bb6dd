// Loudness, range and true peak of songs beside what the user's ffmpeg reads (its filter ebur128 shares no code with ours):
//   node scripts/run.mjs conformance/loudness/compare-ffmpeg.ts --corpus DIR [--count 30] [--out TABLE.md]
// DIR/manifest.json lists {path, seconds}; songs of half a minute and more are taken, evenly over the list.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { decodeFile, findFfmpeg } from '@tutti/media';
import { z } from 'zod';
import { measureWithFfmpeg } from './ffmpeg-loudness.ts';
import { measure } from './judge.ts';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, count: { type: 'string', default: '30' }, out: { type: 'string' } },
});
if (values.corpus === undefined) throw new Error('say where the songs are: --corpus DIR');
if ((await findFfmpeg()) === undefined) {
  console.log('not run: no ffmpeg on PATH');
  process.exit(0);
}

const SHORTEST_SECONDS = 30;
/** What two meters after the same standards may differ by: ffmpeg prints one decimal. */
const TOLERANCE = { integratedLufs: 0.1, rangeLu: 0.2, truePeakDb: 0.2 } as const;
type Figure = keyof typeof TOLERANCE;
const FIGURES = ['integratedLufs', 'rangeLu', 'truePeakDb'] as const satisfies readonly Figure[];

const manifest = z
  .array(z.object({ path: z.string(), seconds: z.number() }))
  .parse(JSON.parse(readFileSync(join(values.corpus, 'manifest.json'), 'utf8')))
  .filter(({ seconds }) => seconds >= SHORTEST_SECONDS);
const count = Math.min(Number(values.count), manifest.length);
const kernels = new Kernels();
const rows: string[] = [];
const worst = { integratedLufs: 0, rangeLu: 0, truePeakDb: 0 };
const total = { integratedLufs: 0, rangeLu: 0, truePeakDb: 0 };

for (let i = 0; i < count; i++) {
  const path = join(values.corpus, manifest[Math.floor((i * manifest.length) / count)]!.path);
  const ours = measure(kernels, (await decodeFile(path)).clip);
  const theirs = await measureWithFfmpeg(path);
  const cells = FIGURES.flatMap((figure) => {
    const [own, other] = [ours[figure] ?? Number.NaN, theirs[figure]];
    worst[figure] = Math.max(worst[figure], Math.abs(own - other));
    total[figure] += Math.abs(own - other);
    return [own.toFixed(2), other.toFixed(1), (own - other).toFixed(2)];
  });
  rows.push(`| ${basename(path)} | ${cells.join(' | ')} |`);
}

const table = [
  '| song | LUFS | ffmpeg | difference | range LU | ffmpeg | difference | true peak dB | ffmpeg | difference |',
  '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  ...rows,
].join('\n');
console.log(table);
for (const figure of FIGURES) {
  console.log(
    `${figure}: mean difference ${(total[figure] / count).toFixed(3)}, largest ${worst[figure].toFixed(3)}, tolerance ${TOLERANCE[figure]}`,
  );
}
if (values.out !== undefined) writeFileSync(values.out, `${table}\n`);
process.exitCode = FIGURES.every((figure) => worst[figure] <= TOLERANCE[figure]) ? 0 : 1;
