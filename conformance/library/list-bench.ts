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
import { timed, timeQuestions } from './time-questions.ts';

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
  ['genres that begin with b, by year', page('genre:b', '-year,title')],
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
  await timeQuestions(
    QUESTIONS.map(([name, ask]) => [name, (round: number) => ask(library, round)] as const),
    rounds,
  );
} finally {
  await library.close();
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
