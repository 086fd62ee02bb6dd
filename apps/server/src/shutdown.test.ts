import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@tutti/contract/api';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { withJobs } from '@tutti/workflows';
import { afterAll, expect, it } from 'vitest';
import { runServer } from './start-server.ts';
import { putTwoSongs } from './testing/two-songs.ts';

const home = mkdtempSync(join(tmpdir(), 'tutti-shutdown-'));
process.env['TUTTI_HOME'] = home;
delete process.env['DATABASE_URL'];
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('a service that is told to end tells who listens, and leaves no job that nobody works on', async () => {
  await putEmbeddedFolder(join(home, 'library/database'));
  const [song] = putTwoSongs(join(home, 'music'));
  const stop = new AbortController();
  const listening = Promise.withResolvers<string>();
  const over = runServer({
    ...{ version: '1', port: 0, logLevel: 'error', work: { cores: 1 } },
    ...{ signal: stop.signal, onListening: listening.resolve },
  });
  const origin = await listening.promise;
  const client = createClient(origin, fetch);
  const body = { type: 'analyse' as const, input: { path: song } };
  const { id } = await client.call('submitJob', { body });
  // Browsers open connections that they need only later.
  connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => {});
  const told = client.follow('followLibrary', {});
  await told.next();

  stop.abort();
  expect(await told.next()).toEqual({ done: true, value: undefined });
  await over;
  await expect(fetch(origin)).rejects.toThrow();
  const state = await withJobs({}, async ({ queue }) => (await queue.find(id))?.state);
  expect(['done', 'waiting']).toContain(state);
});
