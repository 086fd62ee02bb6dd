import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { API_BASE, ProblemError, problemSchema } from '@tutti/contract/api';
import { afterEach, expect, it } from 'vitest';
import { runningServer } from './testing/running-server.ts';
import { putTwoSongs } from './testing/two-songs.ts';

const server = runningServer({ work: undefined });
const uploads = join(server.home, 'uploads');
const [song] = putTwoSongs(join(server.home, 'sent'));
const content = readFileSync(song);
const bytes = content.length;

const left = () => (existsSync(uploads) ? readdirSync(uploads) : []);
afterEach(() => rmSync(uploads, { recursive: true, force: true }));

async function statusOf(asked: Promise<unknown>): Promise<number> {
  return asked.then(
    () => 200,
    (error: unknown) => (error instanceof ProblemError ? error.problem.status : Promise.reject(error)),
  );
}

/** Sends what it is told, piece by piece, and then nothing or the end. */
function sending(path: string, pieces: readonly Buffer[], headers: Record<string, string | number>, method = 'POST') {
  const sent = request(`${server.origin}${API_BASE}${path}`, { method, headers });
  sent.on('error', () => {});
  for (const piece of pieces) sent.write(piece);
  return sent;
}

it('a song comes in one go, under a name that is none of a path, and belongs to the library', async () => {
  const { client } = server;
  const query = { name: '../../etc/première chanson' };
  const upload = await client.call('uploadSong', { query, bytes: new Uint8Array(content) });
  expect(upload).toMatchObject({ name: 'première chanson.wav', bytes, offset: bytes, expiresAt: null });
  expect(upload.format).toEqual({ container: 'wav', codec: 'pcm', sampleRate: 44_100, channels: 1, seconds: 12 });
  expect(upload.path).toBe(join(uploads, upload.id, 'première chanson.wav'));
  expect(readFileSync(upload.path!).equals(content)).toBe(true);
  expect((await client.call('listRoots', {})).items.map(({ path }) => path)).toContain(uploads);
  expect(await client.call('getUpload', { params: { upload: upload.id } })).toEqual(upload);
  expect(await statusOf(client.call('giveUpUpload', { params: { upload: upload.id } }))).toBe(403);
  const { id: later } = await client.call('uploadSong', { query, bytes: new Uint8Array(content) });
  const first = await client.call('listUploads', { query: { limit: 1 } });
  expect(first.items.map(({ id }) => id)).toEqual([later]);
  const rest = await client.call('listUploads', { query: { limit: 1, cursor: first.next! } });
  expect(rest).toMatchObject({ items: [{ id: upload.id }], next: null });
});

it('what is no song leaves nothing, whatever it is called', async () => {
  const { client } = server;
  const send = (name: string, what: string | Uint8Array) =>
    statusOf(client.call('uploadSong', { query: { name }, bytes: new Uint8Array(Buffer.from(what)) }));
  expect(await send('song.wav', '<html><script>alert(1)</script></html>'.repeat(100))).toBe(422);
  expect(await send('song.wav', '#EXTM3U\n/etc/passwd\n')).toBe(422);
  expect(await send('song.wav', '')).toBe(422);
  expect(await send('song.wav', content.subarray(0, 44))).toBe(422);
  expect(await send('', content)).toBe(400);
  expect(left()).toEqual([]);
});

it('a song that breaks off, or says that it is far too large, leaves nothing', async () => {
  const cut = sending('/uploads?name=a.wav', [content.subarray(0, 50_000)], { 'content-length': bytes });
  await expect.poll(left).toHaveLength(1);
  cut.destroy();
  await expect.poll(left).toEqual([]);
  const answered = Promise.withResolvers<number>();
  sending('/uploads?name=a.wav', [], { 'content-length': 9 * 2 ** 30 })
    .on('response', (response) => answered.resolve(response.statusCode!))
    .flushHeaders();
  expect(await answered.promise).toBe(413);
  expect(left()).toEqual([]);
});

it('a song comes in pieces, and goes on after a break where it broke off', async () => {
  const { client } = server;
  const { id, offset } = await client.call('beginUpload', { body: { name: 'b.wav', bytes } });
  expect(offset).toBe(0);
  const params = { upload: id };
  const add = (from: number, to: number) =>
    client.call('addToUpload', { params, query: { offset: from }, bytes: new Uint8Array(content.subarray(from, to)) });
  expect(await add(0, 1000)).toMatchObject({ offset: 1000, path: null });
  const cut = sending(`/uploads/${id}?offset=1000`, [content.subarray(1000, 51_000)], {}, 'PATCH');
  await expect.poll(async () => (await client.call('getUpload', { params })).offset).toBe(51_000);
  expect(await statusOf(add(51_000, 52_000))).toBe(409);
  cut.destroy();
  const refused = async () => {
    const wrong = await fetch(`${server.origin}${API_BASE}/uploads/${id}?offset=7`, { method: 'PATCH', body: 'x' });
    const { status, fields } = problemSchema.parse(await wrong.json());
    return { status, fields };
  };
  // The one that broke off holds it until the service has heard of that.
  await expect.poll(refused).toEqual({
    status: 409,
    fields: [{ field: 'query.offset', message: 'it must be 51000: so many bytes are here' }],
  });
  const more = { params, query: { offset: 51_000 }, bytes: new Uint8Array(bytes) };
  expect(await statusOf(client.call('addToUpload', more))).toBe(413);
  expect(await client.call('getUpload', { params })).toMatchObject({ offset: 51_000 });
  await expect.poll(() => statusOf(add(51_000, 60_000))).toBe(200);
  const whole = await add(60_000, bytes);
  expect(readFileSync(whole.path!).equals(content)).toBe(true);
  expect(await statusOf(add(bytes, bytes))).toBe(409);
});

it('an upload is given up, by who began it or by nobody for a day', async () => {
  const { client } = server;
  const { id } = await client.call('beginUpload', { body: { name: 'c.wav', bytes } });
  await client.call('giveUpUpload', { params: { upload: id } });
  expect(left()).toEqual([]);
  expect(await statusOf(client.call('getUpload', { params: { upload: id } }))).toBe(404);
  for (const wrong of ['..%2f..%2fhome', 'x', '0'.repeat(29)]) {
    expect((await fetch(`${server.origin}${API_BASE}/uploads/${wrong}`)).status).toBe(400);
  }
});

it.runIf(existsSync('/dev/full'))('a full disk is said, and leaves nothing', async () => {
  const { client } = server;
  const { id } = await client.call('beginUpload', { body: { name: 'd.wav', bytes } });
  const file = join(uploads, id, '.content');
  rmSync(file);
  symlinkSync('/dev/full', file);
  const add = { params: { upload: id }, query: { offset: 0 }, bytes: new Uint8Array(content) };
  expect(await statusOf(client.call('addToUpload', add))).toBe(507);
  expect(left()).toEqual([]);
});
