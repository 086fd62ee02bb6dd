import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { duplicatesSchema, jobSchema } from '@tutti/contract';
import {
  ACCOUNT_OPERATIONS,
  API_BASE,
  EXAMPLE,
  OPERATIONS,
  type Operation,
  type OperationName,
  type Problem,
  ProblemError,
  type ToldEvent,
} from '@tutti/contract/api';
import { JOB_TYPES } from '@tutti/workflows';
import { beforeAll, describe, expect, it } from 'vitest';
import { runningServer } from './testing/running-server.ts';
import { ended, scanned } from './testing/scanned.ts';
import { putTwoSongs } from './testing/two-songs.ts';

const server = runningServer();
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).error === undefined;

/** In an order in which each finds what it asks for. */
const ORDER: readonly OperationName[] = [
  ...(['addRoot', 'listRoots', 'followLibrary', 'listTracks', 'countFacets', 'getTrack', 'getAnalysis'] as const),
  ...(['getMarks', 'listSimilar', 'findPath', 'listPictures', 'getPicture', 'submitJob', 'listJobs'] as const),
  ...(['getSound', 'streamSound', 'uploadSong', 'beginUpload', 'listUploads', 'getUpload', 'addToUpload'] as const),
  ...(['giveUpUpload', 'getJob', 'followJob', 'cancelJob', 'retryJob', 'getResult', 'removeRoot'] as const),
];

const music = join(server.home, 'music');
const [song, otherSong] = putTwoSongs(music);
beforeAll(async () => {
  expect(await scanned(server.client, music)).toBe(2);
});

async function problemOf(asked: Promise<unknown>): Promise<Problem> {
  const refused = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused instanceof ProblemError) return refused.problem;
  throw new Error(`no problem was answered, but ${refused}`);
}

describe('tracks', () => {
  it('come page by page, in the order that was asked for', async () => {
    const all = await server.client.call('listTracks', { query: { sort: '-bpm' } });
    expect(all.items.map(({ title }) => title)).toEqual(['second', 'first']);
    expect(all.next).toBeNull();
    const first = await server.client.call('listTracks', { query: { sort: '-bpm', limit: 1 } });
    expect(first.items).toEqual(all.items.slice(0, 1));
    const second = await server.client.call('listTracks', { query: { sort: '-bpm', limit: 1, cursor: first.next! } });
    expect(second).toMatchObject({ items: all.items.slice(1), next: null });
    const meant = await server.client.call('listTracks', { query: { filter: 'frist', forgiving: 'true' } });
    expect(meant).toMatchObject({ items: [{ title: 'first' }], words: [{ typed: 'frist', meant: ['first'] }] });
  });

  it('are refused with the place where the question is wrong', async () => {
    const wrong = await problemOf(server.client.call('listTracks', { query: { filter: 'house bpm:fast' } }));
    expect(wrong).toMatchObject({ status: 400, fields: [{ field: 'query.filter', at: 10, length: 4 }] });
    for (const query of [{ sort: 'colour' }, { cursor: 'x' }]) {
      const { status, fields } = await problemOf(server.client.call('listTracks', { query }));
      expect([status, fields!.map(({ field }) => field)]).toEqual([400, [`query.${Object.keys(query)[0]}`]]);
    }
    expect(await problemOf(server.client.call('getTrack', { params: { track: 99 } }))).toMatchObject({ status: 404 });
    for (const name of ['getAnalysis', 'getMarks', 'listSimilar', 'listPictures'] as const) {
      expect(await problemOf(server.client.call(name, { params: { track: 99 } }))).toMatchObject({ status: 404 });
    }
    const one = server.client.call('findPath', { query: { from: 1, to: 1 } });
    expect(await problemOf(one)).toMatchObject({ status: 422 });
  });

  it('have an analysis, and are near to each other', async () => {
    const { client } = server;
    expect(await client.call('getAnalysis', { params: { track: 1 } })).toMatchObject({ path: song });
    const similar = await client.call('listSimilar', { params: { track: 1 }, query: { count: 3 } });
    expect(similar.items.map(({ path }) => path)).toEqual([otherSong]);
    const path = await client.call('findPath', { query: { from: 1, to: 2 } });
    expect(path.items.map((track) => track.path)).toEqual([song, otherSong]);
    const filtered = await client.call('listSimilar', { params: { track: 1 }, query: { filter: 'bpm<20' } });
    expect(filtered.items).toEqual([]);
  });

  it('have pictures, which come once', async () => {
    const { client } = server;
    const { items } = await client.call('listPictures', { params: { track: 1 } });
    expect(items).toMatchObject([{ source: 'folder', kind: 'front', mediaType: 'image/png', width: 400, height: 300 }]);
    const params = { track: 1, picture: items[0]!.digest };
    const whole = await client.open('getPicture', { params });
    expect(whole.headers.get('content-type')).toBe('image/png');
    expect((await whole.arrayBuffer()).byteLength).toBe(items[0]!.bytes);
    const small = await client.open('getPicture', { params, query: { size: '96' } });
    expect(small.headers.get('content-type')).toBe('image/webp');
    expect(Buffer.from(await small.arrayBuffer()).toString('latin1', 8, 12)).toBe('WEBP');
    const headers = { 'if-none-match': small.headers.get('etag')! };
    expect((await client.open('getPicture', { params, query: { size: '96' }, headers })).status).toBe(304);
    const other = client.open('getPicture', { params: { track: 1, picture: '0'.repeat(64) } });
    expect(await problemOf(other)).toMatchObject({ status: 404 });
  });
});

describe('the sound of a track', () => {
  it('comes as its file is, whole or in part', async () => {
    const { client } = server;
    const file = readFileSync(song);
    const whole = await client.open('getSound', { params: { track: 1 } });
    expect(whole.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
    const headers = { range: 'bytes=-1000', 'if-range': whole.headers.get('etag')! };
    const end = await client.open('getSound', { params: { track: 1 }, headers });
    expect([end.status, end.headers.get('content-range')]).toEqual([
      206,
      `bytes ${file.length - 1000}-${file.length - 1}/${file.length}`,
    ]);
    expect(Buffer.from(await end.arrayBuffer()).equals(file.subarray(-1000))).toBe(true);
    expect(await problemOf(client.open('getSound', { params: { track: 99 } }))).toMatchObject({ status: 404 });
  });

  it('comes in another format from a place on, where there is ffmpeg', async ({ skip }) => {
    if (!hasFfmpeg) skip('ffmpeg is not installed');
    const { client } = server;
    const params = { track: 1 };
    const whole = await client.open('streamSound', { params, query: { as: 'flac' } });
    expect([whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual(['audio/flac', 'none']);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(bytes.toString('latin1', 0, 4)).toBe('fLaC');
    const rest = await client.open('streamSound', { params, query: { as: 'flac', start: 9 } });
    expect((await rest.arrayBuffer()).byteLength).toBeLessThan(bytes.length / 2);
    const beyond = await problemOf(client.open('streamSound', { params, query: { as: 'mp3', start: 1000 } }));
    expect(beyond).toMatchObject({ status: 400, fields: [{ field: 'query.start' }] });
  });
});

describe('jobs', () => {
  it('are told of by events, and again to who comes back', async () => {
    const { client } = server;
    const { id } = await client.call('submitJob', { body: { type: 'analyse', input: { path: otherSong } } });
    const told: ToldEvent<'followJob'>[] = [];
    for await (const event of client.follow('followJob', { params: { job: id } })) told.push(event);
    expect(told.at(-1)).toMatchObject({ event: 'end', data: { state: 'done' } });
    expect(told.filter(({ event }) => event === 'end')).toHaveLength(1);
    const revisions = told.map((each) => Number(each.id));
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    const again: ToldEvent<'followJob'>[] = [];
    const headers = { 'last-event-id': told.at(-1)!.id };
    for await (const event of client.follow('followJob', { params: { job: id }, headers })) again.push(event);
    expect(again).toEqual(told.slice(-1));
  });

  it('that wait can be cancelled, and asked for again; none is told of that is not there', async () => {
    const { client } = server;
    const input = { files: Array.from({ length: 40 }, () => song) };
    const { id } = await client.call('submitJob', { body: { type: 'balance', input } });
    const { id: next } = await client.call('submitJob', {
      body: { type: 'analyse', input: { path: song }, after: [id], priority: 'urgent' },
    });
    expect(await client.call('cancelJob', { params: { job: id } })).toMatchObject({ error: { kind: 'cancelled' } });
    expect(await ended(client, next)).toMatchObject({ state: 'failed' });
    const page = await client.call('listJobs', { query: { limit: 1 } });
    expect(page.items.map((job) => job.id)).toEqual([next]);
    const rest = await client.call('listJobs', { query: { cursor: page.next!, state: 'failed', type: 'balance' } });
    expect(rest.items.map((job) => job.id)).toEqual([id]);
    expect(await client.call('retryJob', { params: { job: id } })).toMatchObject({ error: null });
    await client.call('cancelJob', { params: { job: id } });
    const none = '00000000-0000-4000-8000-000000000000';
    for (const name of ['getJob', 'followJob', 'cancelJob', 'retryJob'] as const) {
      expect(await problemOf(client.open(name, { params: { job: none } }))).toMatchObject({ status: 404 });
    }
    const after = client.call('submitJob', { body: { type: 'scan', input: {}, after: [none] } });
    expect(await problemOf(after)).toMatchObject({ status: 404 });
    const wrong = await fetch(`${server.origin}${API_BASE}/jobs`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ type: 'master', input: { path: song, ceilingDb: 3 } }),
    });
    expect(await wrong.json()).toMatchObject({
      status: 400,
      fields: [{ field: 'body.input.ceilingDb', allowed: 'a number from -24 to 0' }],
    });
  });

  it('are asked for once by one key, however often the request is sent', async () => {
    const { client } = server;
    const body = { type: 'balance' as const, input: { files: [song], loudnessLufs: -21 } };
    const ask = (key: string, loudnessLufs = -21) =>
      client.open('submitJob', {
        body: { ...body, input: { ...body.input, loudnessLufs } },
        headers: { 'idempotency-key': key },
      });
    const first = await ask('a-key');
    const document = await first.text();
    const { id } = jobSchema.parse(JSON.parse(document));
    await client.call('cancelJob', { params: { job: id } });
    const again = await ask('"a-key"');
    expect([again.status, await again.text()]).toEqual([202, document]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const field = 'headers.idempotency-key';
    expect(await problemOf(ask('a-key', -22))).toMatchObject({ status: 422, fields: [{ field }] });
    expect(jobSchema.parse(await (await ask('another')).json()).id).not.toBe(id);
    for (const wrong of ['', 'two words', 'x'.repeat(256)]) {
      expect(await problemOf(ask(wrong))).toMatchObject({ status: 400, fields: [{ field }] });
    }
    const sent = { query: { name: 'a.wav' }, bytes: new Uint8Array(9), headers: { 'idempotency-key': 'b' } };
    expect(await problemOf(client.open('uploadSong', sent))).toMatchObject({ status: 400, fields: [{ field }] });
    const refused = () => client.open('addRoot', { body: { path: '/none' }, headers: { 'idempotency-key': 'b' } });
    expect(await problemOf(refused())).toMatchObject({ status: 404 });
    expect(await problemOf(refused())).toMatchObject({ status: 404 });
  });

  it('tell which files hold one recording', async () => {
    const { client } = server;
    copyFileSync(song, join(music, 'third.wav'));
    await scanned(client, music);
    const { id } = await client.call('submitJob', { body: { type: 'duplicates', input: {} } });
    const { report, ...counts } = JOB_TYPES.duplicates.result((await ended(client, id)).result);
    expect(counts).toEqual({ files: 3, groups: 1 });
    const file = await client.open('getResult', { params: { key: report.key }, query: { ending: report.ending } });
    expect(file.headers.get('content-type')).toBe('application/x-ndjson');
    const { files } = duplicatesSchema.parse(JSON.parse(await file.text()));
    expect(files.map(({ path }) => path).sort()).toEqual([song, join(music, 'third.wav')]);
  });

  it('leave results that can be read in part', async () => {
    const { client } = server;
    const body = { type: 'master' as const, input: { path: song, output: { ending: 'wav' } } };
    const { id } = await client.call('submitJob', { body });
    const { file } = JOB_TYPES.master.result((await ended(client, id)).result);
    const asked = { params: { key: file.key }, query: { ending: file.ending, name: '../../ä.wav' } };
    const whole = await client.open('getResult', asked);
    expect(whole.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''..%2F..%2F%C3%A4.wav");
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect([bytes.length, bytes.toString('latin1', 0, 4)]).toEqual([file.bytes, 'RIFF']);
    const part = await client.open('getResult', { ...asked, headers: { range: 'bytes=100-199' } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(100, 200)]);
    const none = client.open('getResult', { ...asked, headers: { range: `bytes=${file.bytes}-` } });
    expect(await problemOf(none)).toMatchObject({ status: 416 });
    for (const key of ['..%2f..%2flibrary', '0'.repeat(63), 'A'.repeat(64)]) {
      expect((await fetch(`${server.origin}${API_BASE}/results/${key}`)).status).toBe(400);
    }
    expect((await fetch(`${server.origin}${API_BASE}/results/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

it('changes of the library are told, also to who comes back', async () => {
  const { client } = server;
  const listening = new AbortController();
  const told = client.follow('followLibrary', { signal: listening.signal });
  const first = (await told.next()).value!;
  expect(first.data).toEqual({ change: Number(first.id), tracks: [], removed: false });
  copyFileSync(otherSong, join(music, 'fourth.wav'));
  await scanned(client, music);
  const second = (await told.next()).value!;
  expect(second.data.change).toBeGreaterThan(first.data.change);
  expect(second.data).toMatchObject({ tracks: expect.arrayContaining([expect.any(Number)]), removed: false });
  listening.abort();
  rmSync(join(music, 'fourth.wav'));
  await scanned(client, music);
  const back = client.follow('followLibrary', { headers: { 'last-event-id': first.id } });
  expect((await back.next()).value!.data).toMatchObject({ removed: true });
  await back.return(undefined);
});

it('the service does what the examples of its operations ask for', async () => {
  const { client } = server;
  const { id } = await client.call('submitJob', { body: { type: 'analyse', input: { path: song } } });
  const { analysis } = JOB_TYPES.analyse.result((await ended(client, id)).result);
  const begin = (name: string) =>
    client.call('beginUpload', { body: { name, bytes: statSync(song).size } }).then((begun) => begun.id);
  const [upload, otherUpload] = [await begin('whole.wav'), await begin('given up.wav')];
  const real = { ...EXAMPLE, folder: music, song, otherSong, upload, otherUpload, job: id, result: analysis.key };
  const names = Object.keys(EXAMPLE) as (keyof typeof EXAMPLE)[];
  const made = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, made(each)]));
    }
    return names.map((name) => (value === EXAMPLE[name] ? real[name] : undefined)).find(Boolean) ?? value;
  };

  // Those of accounts, which would end what this test does, are asked for in guard/accounts.test.ts.
  const others = Object.keys(OPERATIONS).filter((name) => !(name in ACCOUNT_OPERATIONS));
  expect(ORDER.toSorted()).toEqual(others.sort());
  for (const name of ORDER) {
    const { method, path, body, takesBytes, answer, example }: Operation = OPERATIONS[name];
    const params = made(example.params) as Record<string, unknown>;
    const query = new URLSearchParams(
      Object.entries(example.query).map(([key, value]) => [key, String(made(value))] as [string, string]),
    );
    const url = `${server.origin}${API_BASE}${path.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key]))}?${query}`;
    const response = await fetch(url, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(made(example.body)) }),
      ...(takesBytes && { body: readFileSync(song) }),
    });
    expect([name, response.status]).toEqual([name, name === 'streamSound' && !hasFfmpeg ? 422 : answer.status]);
    if (answer.schema) answer.schema.parse(await response.json());
    else if (answer.media) expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
    else if (answer.events) {
      const { value } = await response.body!.getReader().read();
      expect(Buffer.from(value!).toString()).toMatch(/^retry: \d+\n\n/);
    }
    if (answer.location !== undefined)
      expect(response.headers.get('location')).toMatch(/^\/api\/v1\/(jobs|uploads)\/[0-9a-f-]+$/);
  }
});
