import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanedResultsSchema, jobOfTypeSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, expect, it } from 'vitest';
import { startTutti, tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-jobs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
// The first run makes a database, which takes seconds of a processor.
const SLOW = { timeout: 240_000 };
const run = (...args: string[]) => tutti(args, folder, environment);

it('jobs are asked for, worked on, shown, cancelled and tried again', SLOW, async () => {
  const song = join(folder, 'song.wav');
  writeSmallSong(song, { bpm: 120, seconds: 2, rootHz: 110 });
  const asked = await run('jobs', 'add', 'analyse', JSON.stringify({ path: song }), '{"path":"/nowhere"}', '--json');
  expect(asked.code, asked.stderr).toBe(0);
  const [good, bad] = asked.stdout
    .trim()
    .split('\n')
    .map((line) => jobOfTypeSchema.parse(JSON.parse(line)));
  expect(good).toMatchObject({ type: 'analyse', state: 'waiting', input: { path: song } });
  const again = await run('jobs', 'add', 'analyse', JSON.stringify({ path: song }));
  expect(again.stdout).toBe(`${good!.id} (asked for before)\n`);

  const worked = await run('work', '--until-idle', '--jobs', '1');
  expect(worked).toMatchObject({ code: 0, stderr: expect.stringContaining('no other process can use that library') });
  const done = await run('jobs', 'show', good!.id);
  expect(jobOfTypeSchema.parse(JSON.parse(done.stdout))).toMatchObject({ state: 'done', attempt: 1 });
  const failed = await run('jobs', 'list', '--state', 'failed');
  expect(failed.stdout).toMatch(new RegExp(`^${bad!.id}  failed +analyse +.*/nowhere`));
  expect(failed.stderr).toContain('1 done, 1 failed');

  expect(await run('jobs', 'retry', bad!.id, good!.id)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/waits again\n.* is no job that could be tried again/),
  });
  expect(await run('jobs', 'cancel', bad!.id)).toMatchObject({ code: 0 });
  expect((await run('jobs', 'show', bad!.id)).stdout).toContain('"kind": "cancelled"');
  expect(await run('jobs', 'show', 'nothing')).toMatchObject({ code: 1 });
  // Nothing is old.
  const cleaned = await run('jobs', 'clean', '--dry-run', '--json');
  expect(cleanedResultsSchema.parse(JSON.parse(cleaned.stdout))).toMatchObject({
    ...{ dryRun: true, removed: { results: 0 }, kept: { results: 1 }, tooMany: 0 },
  });
  expect((await run('jobs', 'clean')).stdout).toMatch(/^0 results \(0\.0 MiB\) were removed; 1 \(.* MiB\) stay\n$/);
  expect(await run('jobs', 'clean', 'all')).toMatchObject({ code: 2 });
  expect(await run('jobs', 'add', 'juggle', '{}')).toMatchObject({ code: 2 });
  expect(await run('jobs', 'add', 'analyse', '{"file": 1}')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/analyse cannot be asked for like this: path: .*expected string/),
  });
});

it('a worker works until it is told to stop', SLOW, async () => {
  const { child, ended } = startTutti(['work'], folder, environment);
  await new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 130 });
});
