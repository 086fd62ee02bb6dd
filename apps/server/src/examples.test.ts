import { join } from 'node:path';
import { JOB_TYPES } from '@tutti/workflows';
import { API_BASE, EXAMPLE, OPERATIONS, type Operation, type OperationName } from '@tutti/contract/api';
import { expect, it } from 'vitest';
import { runningServer } from './testing/running-server.ts';
import { ended, scanned } from './testing/scanned.ts';
import { putTwoSongs } from './testing/two-songs.ts';

const server = runningServer();

/** In an order in which each finds what it asks for. */
const ORDER: readonly OperationName[] = [
  ...(['addRoot', 'listRoots', 'followLibrary', 'listTracks', 'countFacets', 'getTrack', 'getAnalysis'] as const),
  ...(['getMarks', 'listSimilar', 'findPath', 'listPictures', 'getPicture', 'submitJob', 'listJobs'] as const),
  ...(['getJob', 'followJob', 'cancelJob', 'retryJob', 'getResult', 'removeRoot'] as const),
];

it('the service does what the examples of its operations ask for', async () => {
  const { client } = server;
  const music = join(server.home, 'music');
  const [song, otherSong] = putTwoSongs(music);
  expect(await scanned(client, music)).toMatchObject({ state: 'done', result: { counts: { analysed: 2 } } });
  const { id } = await client.call('submitJob', { body: { type: 'analyse', input: { path: song } } });
  const { analysis } = JOB_TYPES.analyse.result((await ended(client, id)).result);
  const real = { ...EXAMPLE, folder: music, song, otherSong, job: id, result: analysis.key };
  const names = Object.keys(EXAMPLE) as (keyof typeof EXAMPLE)[];
  const made = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, made(each)]));
    }
    return names.map((name) => (value === EXAMPLE[name] ? real[name] : undefined)).find(Boolean) ?? value;
  };

  expect(ORDER.toSorted()).toEqual(Object.keys(OPERATIONS).sort());
  for (const name of ORDER) {
    const { method, path, body, answer, example }: Operation = OPERATIONS[name];
    const params = made(example.params) as Record<string, unknown>;
    const query = new URLSearchParams(
      Object.entries(example.query).map(([key, value]) => [key, String(made(value))] as [string, string]),
    );
    const url = `${server.origin}${API_BASE}${path.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key]))}?${query}`;
    const response = await fetch(url, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(made(example.body)) }),
    });
    expect([name, response.status]).toEqual([name, answer.status]);
    if (answer.schema) answer.schema.parse(await response.json());
    else if (answer.media) expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
    else if (answer.events) {
      const { value } = await response.body!.getReader().read();
      expect(Buffer.from(value!).toString()).toMatch(/^retry: \d+\n\n/);
    }
    if (answer.location !== undefined) expect(response.headers.get('location')).toMatch(/^\/api\/v1\/jobs\/[0-9a-f-]{36}$/);
  }
});
