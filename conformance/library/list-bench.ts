// How long questions about a large library take, embedded and on a server: ten typical ones, with the lists warm.
// node scripts/run.mjs conformance/library/list-bench.ts [--tracks 100000] [--rounds 40] [--keep DIR]
// With DATABASE_URL on that server (its schema `tutti` is made anew), else in a new library of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  countTracks,
  type Database,
  facetsOf,
  forgiveWords,
  listTracks,
  openLibrary,
  parseSort,
  refreshLists,
} from '@tutti/library';
import { parseFilter } from '@tutti/music/filter';
import { putGeneratedTracks } from './generated-tracks.ts';

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
    keep: { type: 'string' },
  },
});
const count = Number(values.tracks);
const rounds = Number(values.rounds);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'tutti-list-bench-'));
const asked = { now: new Date('2026-06-01T12:00:00Z'), timeZone: 'Europe/Berlin' };

type Question = (library: Database, round: number) => Promise<unknown>;
const page =
  (filter: string, sort: string | undefined): Question =>
  (library) =>
    listTracks(library, {
      filter: parseFilter(filter),
      ...asked,
      limit: 50,
      sort: sort === undefined ? undefined : parseSort(sort),
    });

/** A page in the middle of a long list: reached by a cursor. */
const inTheMiddle: Question = async (library) => {
  cursor ??= (
    await listTracks(library, { filter: parseFilter('bpm>=100'), ...asked, limit: 1000, sort: parseSort('bpm') })
  ).next;
  return listTracks(library, {
    filter: parseFilter('bpm>=100'),
    ...asked,
    limit: 50,
    sort: parseSort('bpm'),
    after: cursor ?? undefined,
  });
};
let cursor: string | null | undefined;

const TYPED = ['b', 'ba', 'baf', 'bafe', 'ge', 'gel', 'm', 'mo', 'mor', 'zä', 'zäb'];
const QUESTIONS: readonly (readonly [string, Question])[] = [
  ['all, usual order', page('', undefined)],
  ['all, newest first', page('', '-added')],
  ['page after page 20, by tempo', inTheMiddle],
  ['bpm:120-128 key:~8A energy>=6', page('bpm:120-128 key:~8A energy>=6', '-rating,bpm')],
  ['one genre, by year', page('genre:bafe OR genre:gelu', '-year,title')],
  ['while typing', (library, round) => page(TYPED[round % TYPED.length]!, undefined)(library, round)],
  ['two words and a tempo', page('ba ge bpm:100-140', undefined)],
  [
    'a word typed wrongly',
    async (library) => {
      const { filter } = await forgiveWords(library, parseFilter('xqbafemor'));
      return listTracks(library, { filter, ...asked, limit: 50 });
    },
  ],
  ['facets of bpm:120-128', (library) => facetsOf(library, parseFilter('bpm:120-128'), asked)],
  [
    'how many added:<200d -rating:any',
    (library) => countTracks(library, parseFilter('added:<200d -rating:any'), asked),
  ],
];

function share(sorted: readonly number[], of: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))]!.toFixed(1).padStart(7);
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s, load ${loadavg()[0]!.toFixed(1)}`);
  return result;
}

const databaseUrl = process.env['DATABASE_URL'];
const library = await openLibrary({ folder, databaseUrl });
try {
  const there = await countTracks(library, parseFilter(''), asked);
  if (there < count) {
    await timed(`rows of ${count} tracks made`, () => putGeneratedTracks(library, count));
    await timed('lists made of them', () => refreshLists(library, { most: Number.POSITIVE_INFINITY }));
    await timed('statistics', () => library.script('VACUUM ANALYZE'));
  }
  console.log(
    `${library.engine}, ${Math.max(there, count)} tracks, ${rounds} rounds, load ${loadavg()[0]!.toFixed(1)}`,
  );
  console.log(`${'question'.padEnd(36)}    p50     p95     p99   (ms)`);
  const times = QUESTIONS.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    for (const [i, [, ask]] of QUESTIONS.entries()) {
      const started = performance.now();
      await ask(library, round + 2);
      if (round >= 0) times[i]!.push(performance.now() - started);
    }
  }
  for (const [i, [name]] of QUESTIONS.entries()) {
    const sorted = times[i]!.toSorted((a, b) => a - b);
    console.log(`${name.padEnd(36)}${share(sorted, 0.5)} ${share(sorted, 0.95)} ${share(sorted, 0.99)}`);
  }
  const all = times.flat().sort((a, b) => a - b);
  console.log(`${'all of them'.padEnd(36)}${share(all, 0.5)} ${share(all, 0.95)} ${share(all, 0.99)}`);
  console.log(
    `memory of this process ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB, load ${loadavg()[0]!.toFixed(1)}`,
  );
} finally {
  await library.close();
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
