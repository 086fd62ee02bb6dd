import { type Filter, type FilterFacts, foldText, matchesFilter, parseFilter } from '@tutti/music/filter';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { listRoots, removeRoot } from '../roots/roots.ts';
import { emptyLibrary, onBothEngines } from '../testing/engines.ts';
import { type PutTrack, putTracks } from '../testing/put-tracks.ts';
import { facetsOf } from './facets.ts';
import { countTracks, listTracks } from './list-tracks.ts';
import { refreshLists } from './refresh-lists.ts';
import { parseSort, SORT_NAMES, type SortKey } from './sorts.ts';

const NOW = new Date('2026-06-15T12:00:00.123Z');
const asked = { now: NOW, timeZone: 'America/New_York' };
const ALL: Filter = { kind: 'all', of: [] };

const NAMES = [
  'Björk',
  'Sigur Rós',
  'Deep House',
  'deep',
  'Housemates',
  "Don't Stop",
  'Straße',
  '!!!',
  'A',
  '東京',
  'x'.repeat(130),
];
const name = fc.constantFrom(...NAMES);
const names = fc.uniqueArray(name, { maxLength: 3 });
const moment = fc.date({ min: new Date('2024-01-01'), max: NOW, noInvalidDate: true });

type Known = Required<Omit<PutTrack, 'size'>> & { readonly size: number };
const track: fc.Arbitrary<Omit<Known, 'path'> & { readonly name: string }> = fc.record({
  name,
  size: fc.integer({ min: 1, max: 50_000_000 }),
  fields: fc.record(
    {
      title: names,
      artist: names,
      album: names,
      albumArtist: names,
      genre: names,
      label: names,
      comment: names,
      year: fc.constantFrom(['1999'], ['2024']),
      track: fc.constantFrom(['1'], ['2'], ['10']),
    },
    { requiredKeys: [] },
  ),
  sound: fc.option(
    fc.record({
      seconds: fc.double({ min: 1, max: 600, noNaN: true }),
      codec: fc.constantFrom('mp3', 'flac'),
      container: fc.constantFrom('mp3', 'ogg'),
      analysis: fc.record({
        bpm: fc.option(fc.constantFrom(119.99, 120, 127.5, 128, 128.5, 174.02)),
        camelot: fc.option(fc.constantFrom('8A', '9A', '8B', '12B')),
        energy: fc.option(fc.constantFrom(1, 5.5, 6, 6.3, 10)),
        loudness: fc.option(fc.constantFrom(-8.25, -14, -9.3)),
      }),
    }),
  ),
  rating: fc.option(fc.integer({ min: 0, max: 5 })),
  played: fc.array(moment, { maxLength: 3 }),
  added: moment,
});
const tracks = fc
  .array(track, { minLength: 1, maxLength: 25 })
  .map((all): Known[] =>
    all.map(({ name: word, ...rest }, i) => ({ ...rest, path: `${word.replace('!!!', 'Ünder')}/${i}.mp3` })),
  );

const range = (
  field: 'bpm' | 'energy' | 'loudness' | 'rating' | 'plays' | 'bitrate' | 'year' | 'length',
  values: number[],
) =>
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant(field),
    from: fc.option(fc.constantFrom(...values)),
    to: fc.option(fc.constantFrom(...values)),
    without: fc.constantFrom('none' as const, 'from' as const, 'to' as const, 'both' as const),
  });
const textFields = ['title', 'artist', 'albumartist', 'album', 'genre', 'label', 'comment', 'path', 'format'] as const;
const words = fc.oneof(
  name,
  fc.constantFrom('bjork', 'ho', 'deep hou', 'dont', 'strasse', 'house deep', 'm', 'x'.repeat(101), 'mp', '*', '京'),
);
const day = fc.option(fc.constantFrom('2024-02-29', '2025-03-09', '2026-06-14', '2026-06-15'));
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('words' as const), words, phrase: fc.boolean() }),
  fc.record({
    kind: fc.constant('text' as const),
    field: fc.constantFrom(...textFields),
    text: words,
    exact: fc.boolean(),
  }),
  range('bpm', [119.99, 127.5, 128.5]),
  range('energy', [5.5, 6, 6.3]),
  range('loudness', [-9.3, -8.25]),
  range('rating', [0, 3, 5]),
  range('plays', [0, 1, 2]),
  range('bitrate', [128, 1000]),
  range('year', [1999, 2000]),
  range('length', [60, 300]),
  fc.record({ kind: fc.constant('keys' as const), camelot: fc.subarray(['8A', '9A', '8B', '1A']) }),
  fc.record({
    kind: fc.constant('date' as const),
    field: fc.constantFrom('added' as const, 'played' as const),
    from: day,
    to: day,
  }),
  fc.record({
    kind: fc.constant('age' as const),
    field: fc.constantFrom('added' as const, 'played' as const),
    days: fc.constantFrom(1 / 24, 30, 400),
    older: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('known' as const),
    field: fc.constantFrom(...textFields, 'key', 'bpm', 'rating', 'plays', 'year', 'played', 'added'),
    known: fc.boolean(),
  }),
);
const filters = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
  ),
})).tree;

const dayIn = new Intl.DateTimeFormat('en-CA', {
  timeZone: asked.timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const dated = (date: Date | undefined) =>
  date === undefined ? null : { day: dayIn.format(date), daysAgo: (NOW.getTime() - date.getTime()) / 86_400_000 };

/** What is known of a track, worked out without the code under test. */
function factsOf({ path, size, fields, sound, rating, played, added }: Known): FilterFacts {
  const first = (list: readonly string[] | undefined) => (list ?? []).slice(0, 1);
  const title = first(fields['title']);
  const album = first(fields['album']);
  const albumArtist = fields['albumArtist'] ?? [];
  const byTrack = first(fields['artist']);
  return {
    texts: {
      title: title.length > 0 ? title : [path.replace(/^.*\//, '').replace('.mp3', '')],
      artist: fields['artist'] ?? [],
      album,
      albumartist: [
        ...(album.length === 0 ? [] : albumArtist.length > 0 ? first(albumArtist) : byTrack),
        ...albumArtist,
      ],
      genre: fields['genre'] ?? [],
      label: fields['label'] ?? [],
      comment: first(fields['comment']),
      path: [`/m/${path}`],
      format: sound ? [sound.codec, sound.container] : [],
    },
    numbers: {
      ...{ bpm: sound?.analysis?.bpm ?? null, energy: sound?.analysis?.energy ?? null },
      ...{ loudness: sound?.analysis?.loudness ?? null, rating, plays: played.length },
      bitrate: sound ? Math.round((size * 8) / sound.seconds / 1000) : null,
      year: fields['year'] ? Number(fields['year'][0]) : null,
      length: sound?.seconds ?? null,
    },
    key: sound?.analysis?.camelot ?? null,
    dates: { added: dated(added), played: dated(played.toSorted((a, b) => b.getTime() - a.getTime())[0]) },
  };
}

async function emptied(library: Database): Promise<void> {
  for (const root of await listRoots(library)) await removeRoot(library, root.id);
  await library.run('DELETE FROM sound');
}

async function allPages(library: Database, filter: Filter, sort: readonly SortKey[], limit: number): Promise<number[]> {
  const found: number[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listTracks(library, { filter, ...asked, sort, limit, after });
    expect(page.tracks.length).toBeLessThanOrEqual(limit);
    found.push(...page.tracks.map(({ id }) => id));
    if (page.next === null) return found;
    after = page.next;
  }
}

/** What a track is sorted by, worked out without the code under test. */
function keyOf(known: Known, by: SortKey['by']): string | number | null {
  const { texts, numbers, key } = factsOf(known);
  const text = (value: string | undefined) =>
    value === undefined ? null : [...foldText(value)].slice(0, 100).join('') || null;
  switch (by) {
    case 'title':
    case 'album':
    case 'genre':
    case 'path':
      return text(texts[by]![0]);
    case 'artist':
      return text(known.fields['artist']?.[0]);
    case 'place':
      return known.fields['track'] ? Number(known.fields['track'][0]) : null;
    case 'key':
      return key === null ? null : ['8A', '8B', '9A', '12B'].indexOf(key);
    case 'added':
      return known.added.getTime();
    case 'played':
      return Math.max(...known.played.map((date) => date.getTime()), 0) || null;
    default:
      return numbers[by] ?? null;
  }
}

const compare = (a: string | number, b: string | number) =>
  typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b);

onBothEngines((fresh) => {
  it('finds what matchesFilter matches, whatever the tracks and the filter', { timeout: 120_000 }, async () => {
    const library = await emptyLibrary(fresh);
    await fc.assert(
      fc.asyncProperty(tracks, fc.array(filters, { minLength: 25, maxLength: 25 }), async (all, asks) => {
        await emptied(library);
        const ids = await putTracks(library, all);
        for (const filter of asks) {
          const expected = ids.filter((_, i) => matchesFilter(filter, factsOf(all[i]!)));
          const { tracks: found } = await listTracks(library, { filter, ...asked, limit: 1000 });
          expect(
            found.map(({ id }) => id).toSorted((a, b) => a - b),
            JSON.stringify(filter),
          ).toEqual(expected);
        }
        const [filter] = asks;
        const { tracks: count } = await facetsOf(library, filter!, asked);
        expect(count).toBe(await countTracks(library, filter!, asked));
      }),
      { numRuns: 12 },
    );
  });

  it.each(['a', 'album', 't', 'g', 'c'])('does not take %s for the beginning of the name of a field', async (words) => {
    const library = await emptyLibrary(fresh);
    const fields = { title: ['Ohne'], artist: ['Björk'], album: ['Neun'], genre: ['House'], comment: ['x'] };
    await putTracks(library, [{ path: 'b', fields }]);
    const filter = { kind: 'words', words, phrase: false } as const;
    expect((await listTracks(library, { filter, ...asked, limit: 9 })).tracks).toEqual([]);
  });

  it('sorts by anything, what is not known last, and gives each track on one page', { timeout: 120_000 }, async () => {
    const library = await emptyLibrary(fresh);
    const sorts = fc.uniqueArray(fc.record({ by: fc.constantFrom(...SORT_NAMES), descending: fc.boolean() }), {
      ...{ minLength: 1, maxLength: 4, selector: ({ by }: SortKey) => by },
    });
    await fc.assert(
      fc.asyncProperty(
        tracks,
        fc.array(sorts, { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, asks, limit) => {
          await emptied(library);
          const ids = await putTracks(library, all);
          for (const sort of asks) {
            const order = ids
              .map((id, i) => ({ id, known: all[i]! }))
              .toSorted((a, b) => {
                for (const { by, descending } of sort) {
                  const [x, y] = [keyOf(a.known, by), keyOf(b.known, by)];
                  if (x === null || y === null) {
                    if (x !== y) return x === null ? 1 : -1;
                  } else if (compare(x, y) !== 0) return descending ? compare(y, x) : compare(x, y);
                }
                return sort[0]!.descending ? b.id - a.id : a.id - b.id;
              });
            expect(await allPages(library, ALL, sort, limit), JSON.stringify(sort)).toEqual(order.map(({ id }) => id));
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('goes on where a page ended, whatever came or went meanwhile', async () => {
    const library = await emptyLibrary(fresh);
    const put = (path: string) => ({ path, fields: { title: [path] } });
    await putTracks(library, ['b', 'd', 'f'].map(put));
    const request = { filter: ALL, ...asked, sort: parseSort('title') };
    const first = await listTracks(library, { ...request, limit: 2 });
    expect(first.tracks.map(({ title }) => title)).toEqual(['b', 'd']);
    await putTracks(library, ['a', 'c', 'e', 'g'].map(put));
    await library.run("UPDATE file SET missing_since = now() WHERE path_shown = '/m/d'");
    const rest = await listTracks(library, { ...request, limit: 10, after: first.next! });
    expect(rest.tracks.map(({ title }) => title)).toEqual(['e', 'f', 'g']);
    expect(rest.next).toBe(null);
  });

  it('refuses a cursor of another list, and what is none', async () => {
    const library = await emptyLibrary(fresh);
    await putTracks(library, [{ path: 'a' }, { path: 'b' }]);
    const request = { filter: ALL, ...asked, limit: 1 };
    const { next } = await listTracks(library, { ...request, sort: parseSort('bpm') });
    const forged = Buffer.from(JSON.stringify([1, 'bpm', ['fast'], 1])).toString('base64url');
    for (const [sort, after] of [
      ['-bpm', next!],
      ['bpm', 'x'],
      ['bpm', ''],
      ['bpm', forged],
      ['bpm', 'A'.repeat(5000)],
    ] as const) {
      await expect(listTracks(library, { ...request, sort: parseSort(sort), after })).rejects.toMatchObject({
        kind: 'unsupported',
        message: expect.stringContaining('begin with its first page'),
      });
    }
  });

  it('counts what tracks have in common', async () => {
    const library = await emptyLibrary(fresh);
    const sound = (bpm: number, camelot: string) => ({
      seconds: 9,
      codec: 'a',
      container: 'a',
      analysis: { bpm, camelot, energy: 5, loudness: -9 },
    });
    await putTracks(library, [
      { path: 'a', fields: { genre: ['House', 'Deep'], artist: ['X'] }, sound: sound(119.9, '8A') },
      { path: 'b', fields: { genre: ['House'], artist: ['X'] }, sound: sound(121, '10A') },
      { path: 'c', fields: { genre: ['Rock'], artist: ['Y'] }, sound: sound(129, '10A') },
      { path: 'd' },
    ]);
    expect(await facetsOf(library, ALL, asked)).toEqual({
      tracks: 4,
      genres: [
        { value: 'House', tracks: 2 },
        { value: 'Deep', tracks: 1 },
        { value: 'Rock', tracks: 1 },
      ],
      artists: [
        { value: 'X', tracks: 2 },
        { value: 'Y', tracks: 1 },
      ],
      keys: [
        { value: '8A', tracks: 1 },
        { value: '10A', tracks: 2 },
      ],
      tempos: [
        { value: 110, tracks: 1 },
        { value: 120, tracks: 2 },
      ],
    });
    await library.run("DELETE FROM file WHERE path_shown = '/m/b'");
    const facets = await facetsOf(library, parseFilter('house OR rock'), asked);
    expect(facets).toMatchObject({
      tracks: 2,
      keys: [
        { value: '8A', tracks: 1 },
        { value: '10A', tracks: 1 },
      ],
    });
    expect((await facetsOf(library, ALL, asked)).tracks).toBe(3);
  });

  it('changes with a change that lists show, and with no other', async () => {
    const library = await emptyLibrary(fresh);
    await putTracks(library, [{ path: 'a', fields: { title: ['t'] } }]);
    const before = await refreshLists(library);
    await library.run('UPDATE file SET tags_revision = 9, scan_id = NULL');
    await library.run("UPDATE track SET title = 't'");
    expect(await refreshLists(library)).toEqual(before);
    await library.run("UPDATE track SET title = 'u'");
    expect(await refreshLists(library)).toEqual({ change: before.change + 1, removal: before.removal });
    await library.run('UPDATE file SET missing_since = now()');
    expect(await refreshLists(library)).toEqual({ change: before.change + 2, removal: before.change + 2 });
  });
});
