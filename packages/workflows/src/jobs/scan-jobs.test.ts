import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setPlanSchema } from '@tutti/contract';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { writeTaggedSong } from '../testing/tagged-songs.ts';
import { askForJob } from './ask-for-job.ts';
import { JOB_TYPES } from './job-types.ts';
import { type UserJobs, withJobs, workOnJobs } from './user-jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-scan-jobs-'));
const before = { home: process.env['TUTTI_HOME'], url: process.env['DATABASE_URL'] };
const originals = [0, 1, 2].map((n) => join(folder, `${n}.flac`));
let home: string;
let music: string;
let count = 0;
beforeAll(async () => {
  for (const [n, path] of originals.entries()) await writeTaggedSong(path, 100 + 50 * n, [`TITLE=${n}`]);
});
beforeEach(async () => {
  count += 1;
  home = join(folder, `home ${count}`);
  music = join(folder, `music ${count}`);
  process.env['TUTTI_HOME'] = home;
  process.env['DATABASE_URL'] = '';
  await putEmbeddedFolder(join(home, 'library/database'));
  mkdirSync(music);
  for (const [n, path] of originals.entries()) copyFileSync(path, join(music, `${n}.flac`));
});
afterAll(() => {
  process.env['TUTTI_HOME'] = before.home ?? '';
  process.env['DATABASE_URL'] = before.url ?? '';
  rmSync(folder, { recursive: true, force: true });
});

const SLOW = { timeout: 240_000 };
const songs = () => [0, 1, 2].map((n) => join(music, `${n}.flac`));
const work = (user: UserJobs) => workOnJobs(user, { capacity: { cores: 2 }, say: () => {} }, (worker) => worker.idle());
const analyses = async ({ queue }: UserJobs) => (await queue.list({ types: ['analyse'] })).length;

async function scan(user: UserJobs) {
  const { id } = await user.queue.submit(JOB_TYPES.scan, { folders: [music], analyse: true });
  await work(user);
  return JOB_TYPES.scan.result((await user.queue.find(id))?.result);
}

async function planned({ queue }: UserJobs, id: string) {
  const job = await queue.find(id);
  expect(job, JSON.stringify(job)).toMatchObject({ state: 'done' });
  return z.object({ plans: z.array(setPlanSchema) }).parse(job!.result).plans[0]!;
}

it('a scan asks for one analysis a sound, and what comes after them does whatever became of them', SLOW, async () => {
  copyFileSync(join(music, '0.flac'), join(music, 'copy of 0.flac'));
  writeFileSync(join(music, 'junk.flac'), 'no music');
  await withJobs({}, async (user) => {
    const { queue } = user;
    const { counts, following } = await scan(user);
    expect(counts).toMatchObject({ added: 5, analysed: 0 });
    expect(following?.analyses).toBe(4);
    const jobs = await queue.list({ types: ['analyse'] });
    expect(jobs.map(({ priority }) => priority)).toEqual(Array.from({ length: 4 }, () => 'background'));
    expect(jobs.flatMap(({ failure, input }) => (failure ? [[input, failure.kind]] : []))).toEqual([
      [{ path: join(music, 'junk.flac') }, 'unsupported'],
    ]);
    const index = await queue.find(following!.index);
    expect(index!.number).toBeGreaterThan(jobs[0]!.number);
    const report = JOB_TYPES.index.result(index!.result);
    expect(report.counts).toMatchObject({ added: 5, analysed: 4, failed: 1 });
    expect(report.failures).toEqual([
      expect.objectContaining({ step: 'analysis', path: join(music, 'junk.flac'), error: expect.anything() }),
    ]);
    // Nothing is left to be done, and what is broken is not tried again before it changes.
    expect((await scan(user)).following).toBeNull();
    expect((await scan(user)).counts).toMatchObject({ added: 0, unchanged: 5, analysed: 4 });
  });
});

it('a set and a mix are planned from what the library knows, and nothing is listened to again', SLOW, async () => {
  await withJobs({}, async (user) => {
    const { library, queue } = user;
    await scan(user);
    // As nobody could have heard it.
    await library.run("UPDATE analysis SET line = jsonb_set(line::jsonb, '{tempo,bpm}', '77')::json");
    const before = await analyses(user);
    const asked = { files: songs(), request: {} };
    const { id } = await askForJob(user, 'plan-set', asked);
    const mix = await askForJob(user, 'mix', { ...asked, output: { ending: 'wav', sampleFormat: 'int16' } });
    await work(user);
    expect((await planned(user, id)).tracks.map(({ bpm }) => bpm)).toEqual([77, 77, 77]);
    expect(await queue.find(mix.id)).toMatchObject({ state: 'done' });
    expect(await analyses(user)).toBe(before);
    // A file that was written to is another one, whatever the library says of it.
    utimesSync(songs()[1]!, 1e9, 1e9);
    const again = await askForJob(user, 'plan-set', asked);
    await work(user);
    expect((await planned(user, again.id)).tracks.filter(({ bpm }) => bpm === 77)).toHaveLength(2);
    expect(await analyses(user)).toBe(before + 1);
  });
});

it('files that are in no library are listened to beside each other, once, before what needs them', SLOW, async () => {
  await withJobs({}, async (user) => {
    const { queue, store } = user;
    const asked = { files: songs(), request: { seed: 1 } };
    const first = await askForJob(user, 'plan-set', asked, { priority: 'urgent' });
    expect((await queue.find(first.id))?.state).toBe('blocked');
    expect((await queue.list({ types: ['analyse'] })).map(({ priority }) => priority)).toEqual(
      Array.from({ length: 3 }, () => 'urgent'),
    );
    await work(user);
    const plan = await planned(user, first.id);
    const second = await askForJob(user, 'plan-set', { ...asked, request: { seed: 2 } });
    expect((await queue.find(second.id))?.state).toBe('waiting');
    await work(user);
    expect((await planned(user, second.id)).tracks).toHaveLength(plan.tracks.length);
    expect(await analyses(user)).toBe(3);
    // What is not in the store any more is made again.
    const [job] = await queue.list({ types: ['analyse'] });
    await store.remove(JOB_TYPES.analyse.result(job!.result).analysis.key);
    await askForJob(user, 'plan-set', { ...asked, request: { seed: 3 } });
    expect(await analyses(user)).toBe(4);
  });
});

it('what needs a file that cannot be used fails, and says which and why', SLOW, async () => {
  const junk = join(music, 'junk.flac');
  writeFileSync(junk, 'no music');
  await withJobs({}, async (user) => {
    const { id } = await askForJob(user, 'plan-set', { files: [...songs(), junk], request: {} });
    await work(user);
    const job = await user.queue.find(id);
    expect(job?.failure).toMatchObject({ kind: 'cancelled', message: expect.stringContaining(junk) });
  });
});
