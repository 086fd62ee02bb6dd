// Analyses songs and the same songs changed in ways that do not change the music, and says what broke the table of
// `tolerance.ts`: node scripts/run.mjs conformance/metamorphic/run.ts [--corpus DIR] [--count 40] [--only CHANGE] [--list]
// DIR/manifest.json lists {id, path, seconds}; without it the demo songs are taken. The table of shares comes at the end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { type Clip, Kernels } from '@tutti/dsp';
import { decodeFile, findFfmpeg } from '@tutti/media';
import { analyseClip } from '@tutti/music/analysis';
import { z } from 'zod';
import { CHANGES } from './changes.ts';
import { compareAnalyses, PARTS } from './compare.ts';
import { TOLERANCES } from './tolerance.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    count: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const kernels = new Kernels();
const SHORTEST_SECONDS = 20;
/** Room for a gain of 3 dB. */
const HEADROOM = 10 ** (-3.5 / 20);

async function* songs(): AsyncGenerator<{ id: string; clip: Clip }> {
  if (values.corpus === undefined) {
    for (const spec of DEMO_SONGS) yield { id: spec.title, clip: composeSong(spec).clip };
    return;
  }
  const manifest = z
    .array(z.object({ id: z.string(), path: z.string(), seconds: z.number() }))
    .parse(JSON.parse(readFileSync(join(values.corpus, 'manifest.json'), 'utf8')))
    .filter(({ seconds }) => seconds >= SHORTEST_SECONDS);
  const count = Math.min(Number(values.count), manifest.length);
  for (let i = 0; i < count; i++) {
    const { id, path } = manifest[Math.floor((i * manifest.length) / count)]!;
    yield { id, clip: (await decodeFile(join(values.corpus, path))).clip };
  }
}

if ((await findFfmpeg()) === undefined) console.log('MP3 at 128 kbit/s: not run, as there is no ffmpeg on PATH');
const changes = CHANGES.filter(({ name }) => name.includes(values.only));
const tally = new Map(changes.map(({ name }) => [name, { songs: 0, kept: new Map(PARTS.map((part) => [part, 0])) }]));
for await (const { id, clip } of songs()) {
  const peak = clip.channels.reduce((most, samples) => samples.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
  const gain = peak > 0 ? Math.min(1, HEADROOM / peak) : 1;
  const song = { ...clip, channels: clip.channels.map((samples) => samples.map((sample) => gain * sample)) };
  const before = analyseClip(kernels, song);
  for (const { name, laterSeconds, apply } of changes) {
    const changed = await apply(kernels, song);
    if (changed === null) continue;
    const row = tally.get(name)!;
    row.songs += 1;
    const broken = compareAnalyses(before, analyseClip(kernels, changed), TOLERANCES[name], laterSeconds);
    for (const part of PARTS) {
      const words = broken[part];
      if (words === undefined) row.kept.set(part, row.kept.get(part)! + 1);
      else if (values.list) console.log(`${id}, ${name}: ${part} ${words}`);
    }
  }
}
console.log(`| change | songs | ${PARTS.join(' | ')} |\n|---|--:|${PARTS.map(() => '--:').join('|')}|`);
for (const [name, { songs: count, kept }] of tally) {
  console.log(`| ${name} | ${count} | ${PARTS.map((part) => `${kept.get(part)}`).join(' | ')} |`);
}
