import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { analysisLineSchema, jobOfTypeSchema, scanReportSchema } from '@tutti/contract';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { decodeFile, folderStore } from '@tutti/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeTaggedSong } from '../testing/tagged-songs.ts';
import { jobDocument } from './job-document.ts';
import { JOB_TYPES } from './job-types.ts';
import { type UserJobs, withJobs, workOnJobs } from './user-jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-user-jobs-'));
const home = join(folder, 'home');
const music = join(folder, 'music');
const songs = [0, 1, 2].map((n) => join(music, `${n}.flac`));
const before = { home: process.env['TUTTI_HOME'], url: process.env['DATABASE_URL'] };
beforeAll(async () => {
  process.env['TUTTI_HOME'] = home;
  process.env['DATABASE_URL'] = '';
  await putEmbeddedFolder(join(home, 'library/database'));
  mkdirSync(music);
  for (const [n, path] of songs.entries()) await writeTaggedSong(path, 100 + n, [`TITLE=${n}`]);
});
afterAll(() => {
  process.env['TUTTI_HOME'] = before.home ?? '';
  process.env['DATABASE_URL'] = before.url ?? '';
  rmSync(folder, { recursive: true, force: true });
});

const SLOW = { timeout: 240_000 };

async function bytesOf({ store }: UserJobs, key: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(key)) pieces.push(piece);
  return Buffer.concat(pieces);
}

it('every type of job gives what its schema says, and what it makes lies in the store', SLOW, async () => {
  await withJobs({}, async (user) => {
    const { queue, store } = user;
    const output = { ending: 'wav', sampleFormat: 'int16' } as const;
    const request = { seed: 1 };
    const junk = join(music, 'junk.flac');
    const scan = await queue.submit(JOB_TYPES.scan, { folders: [music], analyse: true });
    const analyse = await queue.submit(JOB_TYPES.analyse, { path: songs[0]! });
    const broken = await queue.submit(JOB_TYPES.analyse, { path: junk });
    const planned = await queue.submit(JOB_TYPES['plan-set'], { files: songs, request }, { after: [analyse.id] });
    const mix = await queue.submit(JOB_TYPES.mix, { files: songs, request, tempo: 'follow', output });
    const master = await queue.submit(JOB_TYPES.master, { path: songs[1]!, output });
    const balance = await queue.submit(JOB_TYPES.balance, {
      ...{ files: songs.slice(0, 2), output, loudnessLufs: -18, ceilingDb: -1 },
    });
    writeFileSync(junk, 'no music');
    const said: string[] = [];
    await workOnJobs(user, { capacity: { cores: 2 }, say: (text) => said.push(text) }, (worker) => worker.idle());
    const document = async ({ id }: { id: string }) => jobDocument((await queue.find(id))!);
    for (const each of [scan, analyse, planned, mix, master, balance]) {
      const job = await document(each);
      expect(job, JSON.stringify(job)).toMatchObject({ state: 'done', attempt: 1, error: null });
      jobOfTypeSchema.parse(job);
    }
    expect(await document(broken)).toMatchObject({ state: 'failed', attempt: 1, error: { kind: 'unsupported' } });
    const { following, counts } = JOB_TYPES.scan.result((await document(scan)).result);
    expect(counts).toMatchObject({ added: 4, analysed: 0 });
    expect(following).toMatchObject({ analyses: 4 });
    const index = await document({ id: following!.index });
    jobOfTypeSchema.parse(index);
    expect(scanReportSchema.parse(index.result).counts).toMatchObject({ added: 4, analysed: 3, failed: 1 });
    const { audioHash, analysis } = JOB_TYPES.analyse.result((await document(analyse)).result);
    const line = analysisLineSchema.parse(JSON.parse((await bytesOf(user, analysis.key)).toString()));
    expect(line).toMatchObject({ audioHash, path: songs[0] });
    expect(JOB_TYPES['plan-set'].result((await document(planned)).result).plans[0]!.tracks).toHaveLength(3);
    for (const each of [mix, master, balance]) {
      const { file, plan, seconds } = JOB_TYPES.mix.result((await document(each)).result);
      const copy = join(folder, `copy.${file.ending}`);
      writeFileSync(copy, await bytesOf(user, file.key));
      const { clip } = await decodeFile(copy);
      expect(clip.channels[0]!.length / clip.sampleRate).toBeCloseTo(seconds, 1);
      expect(JSON.parse((await bytesOf(user, plan.key)).toString())).toHaveProperty('schema');
    }
    expect(readdirSync(join(store.place, '.being-made'))).toEqual([]);
  });
});

it(
  'a job fails on a full disk with that as the reason, leaves nothing half, and is done when there is room',
  SLOW,
  async () => {
    await withJobs({}, async (user) => {
      const { queue } = user;
      const place = join(folder, 'full');
      let free = false;
      const store = folderStore(place, {
        disk: {
          ...{ mkdir, rename },
          async writeFile(path, content) {
            await writeFile(path, free ? content : '{');
            if (!free) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
          },
        },
      });
      const path = join(folder, 'elsewhere.flac');
      await writeTaggedSong(path, 777);
      const { id } = await queue.submit(JOB_TYPES.analyse, { path });
      await workOnJobs({ ...user, store }, { capacity: { cores: 1 }, say: () => {} }, async (worker) => {
        await worker.idle();
        expect(await queue.find(id)).toMatchObject({
          ...{ state: 'failed', attempt: 1 },
          failure: { kind: 'denied', message: `cannot write ${place}: the disk is full` },
        });
        expect(readdirSync(place)).toEqual(['.being-made']);
        expect(readdirSync(join(place, '.being-made'))).toEqual([]);
        free = true;
        await queue.retry(id);
        await worker.idle();
        const { analysis } = JOB_TYPES.analyse.result((await queue.find(id))?.result);
        analysisLineSchema.parse(JSON.parse((await bytesOf({ ...user, store }, analysis.key)).toString()));
      });
    });
  },
);

it('a job that is cancelled ends at once, its thread with it, and leaves nothing half made', SLOW, async () => {
  await withJobs({}, async (user) => {
    const { queue, store } = user;
    const output = { ending: 'wav', sampleFormat: 'int24' } as const;
    const files = Array.from({ length: 200 }, (_, n) => songs[n % 3]!);
    const { id } = await queue.submit(JOB_TYPES.balance, { files, output, loudnessLufs: -20, ceilingDb: -1 });
    await workOnJobs(user, { capacity: { cores: 1 }, say: () => {} }, async (worker) => {
      while ((await queue.find(id))?.state !== 'running') await sleep(20);
      await sleep(200);
      expect(await queue.cancel(id)).toBe(true);
      await worker.idle();
      expect(jobDocument((await queue.find(id))!)).toMatchObject({ state: 'failed', error: { kind: 'cancelled' } });
      // The thread that was ended is replaced.
      const after = await queue.submit(JOB_TYPES.analyse, { path: songs[2]! });
      await worker.idle();
      expect(await queue.find(after.id)).toMatchObject({ state: 'done' });
    });
    expect(existsSync(store.place)).toBe(true);
    expect(readdirSync(join(store.place, '.being-made'))).toEqual([]);
  });
});
