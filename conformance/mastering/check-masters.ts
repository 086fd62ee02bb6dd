// Masters real songs with the program and judges each with ffmpeg's meter, which shares no code with ours:
//   node scripts/run.mjs conformance/mastering/check-masters.ts --corpus DIR [--limit N] [--target NAME]... [--json]
//     [--only masters,second,references,albums,previews] [--program tutti.js] [--options '--linear-phase']
// DIR/manifest.json lists {id, path, kind, seconds}. Judged are: loudness and true peak, the crest factor against the planned
// one, which behaviour happened and by which numbers (behaviours that no song deserves are shown on songs made for it), what
// a master of the master changes, references, the loudness relations of albums, and previews bit by bit. Without ffmpeg or
// songs it says so and judges nothing. Exit code 1 when a promise is broken.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFfmpeg } from '@tutti/media';
import { MOST_TRIED_SECONDS } from '@tutti/music/mastering';
import { albumsOf, masterAlbums } from './masters/albums.ts';
import { judgeMasters, masterSongs, type Program } from './masters/master-songs.ts';
import { judgePreviews } from './masters/previews.ts';
import { matchPairs, pairsOf } from './masters/references.ts';
import { masterAgain } from './masters/second-masters.ts';
import { linkSongs } from './masters/song-list.ts';
import {
  albumTable,
  behaviourLines,
  crestByLength,
  masterTable,
  matchLine,
  matchTable,
  previewTable,
  secondTable,
  summaryLines,
} from './masters/tables.ts';
import { makeVariants } from './masters/variants.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    limit: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true, default: ['streaming'] },
    only: { type: 'string', default: 'masters,second,references,albums,previews' },
    program: { type: 'string' },
    options: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
if (values.corpus === undefined) throw new Error('say where the songs are: --corpus DIR');
if (!existsSync(join(values.corpus, 'manifest.json'))) {
  console.log(`not run: there is no ${join(values.corpus, 'manifest.json')}, which lists the songs`);
  process.exit(0);
}
if ((await findFfmpeg()) === undefined) {
  console.log('not run: no ffmpeg on PATH, whose meter judges');
  process.exit(0);
}

const BEHAVIOURS = ['preserve', 'expand', 'compress-light', 'compress-heavy'] as const;
/** A behaviour that fewer songs deserve is shown on songs made for it as well. */
const ENOUGH = 3;
const MOST_PAIRS = 8;
const ALBUMS = 3;
const PREVIEWS = 4;

const parts = values.only.split(',');
const folder = await mkdtemp(join(tmpdir(), 'tutti-masters-'));
const failures: string[] = [];
const say = (text: string) => {
  if (!values.json) console.log(text);
};
const found: Record<string, unknown> = {};
try {
  const songs = await linkSongs(values.corpus, join(folder, 'songs'), Number(values.limit));
  const usual: Program = { program: values.program, options: values.options.split(' ').filter(Boolean) };
  for (const target of values.target) {
    const program = { ...usual, options: [...usual.options, '--target', target] };
    const into = (name: string) => join(folder, target, name);
    const first = await masterSongs(songs, into('first'), program);
    const lacking = (kind: string) => first.masters.filter(({ plan }) => plan.behaviour.kind === kind).length < ENOUGH;
    const measured = first.masters.flatMap(
      ({
        song,
        plan: {
          measured: { crestDb },
        },
      }) => (crestDb === null ? [] : [{ song, crestDb }]),
    );
    await mkdir(join(folder, 'made'), { recursive: true });
    const made = await masterSongs(await makeVariants(measured, join(folder, 'made'), lacking), into('made'), program);
    const masters = [...first.masters, ...made.masters];
    failures.push(...first.failures, ...made.failures);
    const judged = await judgeMasters(masters);
    const bad = judged.filter(({ loudness, peak }) => loudness === 'OFF' || peak === 'OVER');
    failures.push(...bad.map(({ name, lufs, truePeakDb }) => `${name}: ${lufs} LUFS, ${truePeakDb} dBTP by ffmpeg`));
    const seconds = new Map(masters.map(({ song, plan }) => [song.name, plan.source.seconds]));
    say(`\n## ${target}: ${songs.length} songs and ${made.masters.length} made from them\n`);
    say(masterTable(judged));
    for (const line of [
      ...summaryLines(judged),
      ...crestByLength(judged, (name) => seconds.get(name)!, MOST_TRIED_SECONDS),
      ...behaviourLines(judged, BEHAVIOURS),
    ])
      say(`- ${line}`);
    found[target] = judged;
    if (parts.includes('second')) {
      const again = await masterAgain(masters, into('second'), program);
      failures.push(...again.failures);
      say(`\n${secondTable(again.seconds)}`);
      found[`${target}, second masters`] = again.seconds;
    }
  }
  await mkdir(join(folder, 'other'), { recursive: true });
  if (parts.includes('references')) {
    const { matches, failures: broken } = await matchPairs(pairsOf(songs, MOST_PAIRS), join(folder, 'other'), usual);
    failures.push(...broken);
    say(`\n${matchTable(matches)}\n- ${matchLine(matches)}`);
    found['references'] = matches;
  }
  if (parts.includes('albums')) {
    const { albums, failures: broken } = await masterAlbums(albumsOf(songs, ALBUMS), join(folder, 'albums'), usual);
    failures.push(...broken);
    say(`\n${albumTable(albums)}`);
    found['albums'] = albums;
  }
  if (parts.includes('previews')) {
    const some = songs.filter((_, i) => i % Math.max(1, Math.floor(songs.length / PREVIEWS)) === 0).slice(0, PREVIEWS);
    const { previews, failures: broken } = await judgePreviews(some, join(folder, 'other'), usual);
    const differing = previews.filter((preview) => preview.differing > 0);
    failures.push(
      ...broken,
      ...differing.map(({ name }) => `${name}: its preview is not the same seconds of its master`),
    );
    say(`\n${previewTable(previews)}`);
    found['previews'] = previews;
  }
} finally {
  await rm(folder, { recursive: true });
}
if (values.json) console.log(JSON.stringify({ ...found, failures }));
say(failures.length === 0 ? '\nall promises kept' : `\nbroken:\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
