import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { type ServerForTests, serverForTests } from '@tutti/library/testing/server';
import { afterAll, expect, it } from 'vitest';
import { killWorkers } from './testing/kill-workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-killed-worker-'));
let server: ServerForTests | undefined;
try {
  server = await serverForTests();
} catch (error) {
  process.stderr.write(`workers were not killed on a server of PostgreSQL: ${error}\n`);
}
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const JOBS = 150;
// Drawn anew with each run of the tests: over time every moment is met.
const request = { jobs: JOBS, kills: 4, random: Math.random };
const whole = { jobs: JOBS, done: JOBS, failed: 0, wrong: 0, double: 0, ends: JOBS, early: 0 };
const SLOW = { timeout: 300_000 };

it('a process that is killed at any moment loses no job and does none twice', SLOW, async () => {
  await putEmbeddedFolder(join(folder, 'library/database'));
  const run = await killWorkers({ ...request, place: folder, workers: 1 });
  expect(run, `killed after ${run.killedAfter} ms`).toMatchObject(whole);
});

it.skipIf(server === undefined)('so do workers on a server, of which some are killed', SLOW, async () => {
  const run = await killWorkers({ ...request, place: server!.url, workers: 2 });
  expect(run, `killed after ${run.killedAfter} ms`).toMatchObject(whole);
});
