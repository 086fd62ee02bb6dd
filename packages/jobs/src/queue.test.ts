import { setTimeout as sleep } from 'node:timers/promises';
import { onBothEngines } from '@tutti/library/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueueDatabase } from './database/queue-database.ts';
import { type JobQueue, openJobQueue } from './open-queue.ts';
import { type DoubleInput, double, doubling, failureOf, TYPES, withoutQueue } from './testing/number-jobs.ts';
import type { Worker } from './worker/start-worker.ts';

onBothEngines((fresh) => {
  let database: QueueDatabase;
  let queue: JobQueue;
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open(): Promise<void> {
    database = await withoutQueue(await fresh());
    queue = await openJobQueue(database, TYPES);
    closing.push(() => queue.close());
  }

  async function work(seen: number[] = [], cores = 1): Promise<Worker> {
    const worker = await queue.work([doubling(seen)], { failureOf, capacity: { cores } });
    closing.push(() => worker.stop(0));
    return worker;
  }

  const ask = (input: DoubleInput, options?: Parameters<JobQueue['submit']>[2]) => queue.submit(double, input, options);
  const state = async (id: string) => (await queue.find(id))?.state;

  describe('a job', () => {
    it('is done, skipped or failed, with its result or the reason', async () => {
      await open();
      const done = await ask({ n: 3 });
      const skipped = await ask({ n: 4, skip: true });
      const failed = await ask({ n: 5, fail: 'lasting' });
      expect(await queue.find(done.id)).toMatchObject({
        state: 'waiting',
        attempt: 0,
        owner: 'local',
        input: { n: 3 },
      });
      const worker = await work();
      await worker.idle();
      expect(await queue.find(done.id)).toMatchObject({
        state: 'done',
        result: { twice: 6 },
        failure: null,
        attempt: 1,
      });
      expect(await queue.find(skipped.id)).toMatchObject({
        state: 'skipped',
        failure: { kind: 'skipped', message: '4 is doubled already' },
      });
      expect(await queue.find(failed.id)).toMatchObject({
        state: 'failed',
        attempt: 1,
        failure: { kind: 'lasting', message: '5 failed (1)' },
      });
      expect(await queue.counts()).toEqual([
        { type: 'double', state: 'done', count: 1 },
        { type: 'double', state: 'failed', count: 1 },
        { type: 'double', state: 'skipped', count: 1 },
      ]);
    });

    it('is refused when its input is none of the type', async () => {
      await open();
      const wrong: unknown = { n: 'three' };
      await expect(queue.submit(double, wrong as DoubleInput)).rejects.toMatchObject({
        kind: 'unsupported',
        message: expect.stringMatching(/double cannot be asked for like this/),
      });
    });

    it('is one for a key until it has ended, and a new one after', async () => {
      await open();
      const first = await ask({ n: 1, key: 'one' });
      const many = await Promise.all(Array.from({ length: 10 }, (_, n) => ask({ n, key: 'one' })));
      expect(many.every(({ id, isNew }) => id === first.id && !isNew)).toBe(true);
      const worker = await work();
      await worker.idle();
      expect(await ask({ n: 1, key: 'one' })).toMatchObject({ isNew: true });
    });

    it('is tried again where that may help, and only there', async () => {
      await open();
      const passing = await ask({ n: 1, fail: 'passing' });
      const worker = await work();
      for (let tries = 0; (await state(passing.id)) !== 'failed'; tries++) {
        expect(tries).toBeLessThan(500);
        await sleep(20);
      }
      expect(await queue.find(passing.id)).toMatchObject({
        attempt: 3,
        failures: 2,
        failure: { message: '1 failed (3)' },
      });
      expect(worker.running).toBe(0);
    });

    it('that failed is asked for once more', async () => {
      await open();
      const failed = await ask({ n: 1, fail: 'lasting' });
      const worker = await work();
      await worker.idle();
      expect(await queue.retry(failed.id)).toBe(true);
      await worker.idle();
      expect(await queue.find(failed.id)).toMatchObject({ state: 'failed', attempt: 2 });
      expect(await queue.retry('00000000-0000-4000-8000-000000000000')).toBe(false);
      expect(await queue.retry('nonsense')).toBe(false);
    });

    it('says how far it is, and is followed to its end', async () => {
      await open();
      const { id } = await ask({ n: 1, milliseconds: 1500 });
      const worker = await work();
      const seen: string[] = [];
      let progress: unknown;
      for await (const job of queue.follow(id)) {
        seen.push(job.state);
        progress = job.progress ?? progress;
      }
      expect([...new Set(seen)].slice(-2)).toEqual(['running', 'done']);
      expect(progress).toEqual({ share: expect.any(Number) });
      expect(worker.running).toBe(0);
    });
  });

  describe('cancelling', () => {
    it('stops a job that runs', async () => {
      await open();
      const { id } = await ask({ n: 1, milliseconds: 60_000 });
      const worker = await work();
      while ((await state(id)) !== 'running') await sleep(10);
      const other = await openJobQueue(database, TYPES);
      closing.push(() => other.close());
      // Through another door than that of the worker, as another process would.
      expect(await other.cancel(id, 'no longer wanted')).toBe(true);
      await worker.idle();
      expect(await queue.find(id)).toMatchObject({
        state: 'failed',
        failure: { kind: 'cancelled', message: 'no longer wanted' },
      });
      expect(await queue.cancel(id)).toBe(false);
    });

    it('takes a job that waits out of the queue, and what comes after it', async () => {
      await open();
      const first = await ask({ n: 1 });
      const second = await ask({ n: 2 }, { after: [first.id] });
      const third = await ask({ n: 3 }, { after: [second.id] });
      expect(await queue.cancel(first.id)).toBe(true);
      expect(await queue.find(third.id)).toMatchObject({
        state: 'failed',
        failure: { kind: 'cancelled', message: expect.stringContaining(second.id) },
      });
      const seen: number[] = [];
      const worker = await work(seen);
      await worker.idle();
      expect(seen).toEqual([]);
      expect(await queue.retry(second.id)).toBe(false);
      expect(await queue.retry(first.id)).toBe(true);
      await worker.idle();
      expect(seen).toEqual([1, 2, 3]);
    });
  });

  describe('jobs that come after others', () => {
    it('wait for all of them', async () => {
      await open();
      const first = await ask({ n: 1, milliseconds: 30 });
      const second = await ask({ n: 2, milliseconds: 30, skip: true });
      const last = await ask({ n: 3 }, { after: [first.id, second.id], priority: 'urgent' });
      expect(await state(last.id)).toBe('blocked');
      const seen: number[] = [];
      const worker = await work(seen, 2);
      await worker.idle();
      expect(seen.at(-1)).toBe(3);
      expect(await state(last.id)).toBe('done');
      const after = await ask({ n: 4 }, { after: [first.id] });
      expect(await state(after.id)).not.toBe('blocked');
    });

    it('fail with them, and cannot be asked for after', async () => {
      await open();
      const first = await ask({ n: 1, fail: 'lasting' });
      const second = await ask({ n: 2 }, { after: [first.id] });
      const worker = await work();
      await worker.idle();
      expect(await queue.find(second.id)).toMatchObject({
        state: 'failed',
        failure: { kind: 'cancelled', message: `it comes after double (job ${first.id}), which failed: 1 failed (1)` },
      });
      await expect(ask({ n: 3 }, { after: [first.id] })).rejects.toMatchObject({ kind: 'missing' });
      await expect(ask({ n: 3 }, { after: [crypto.randomUUID()] })).rejects.toMatchObject({ kind: 'missing' });
    });
  });

  describe('jobs that come after the end of others', () => {
    it('begin whatever became of them, and are not asked for again with them', async () => {
      await open();
      const first = await ask({ n: 1, fail: 'lasting' });
      const second = await ask({ n: 2, milliseconds: 30 });
      const last = await ask({ n: 3 }, { after: [second.id], afterEnd: [first.id, second.id] });
      const strict = await ask({ n: 4 }, { after: [first.id] });
      const seen: number[] = [];
      const worker = await work(seen, 2);
      await worker.idle();
      expect(seen).toEqual([1, 2, 3]);
      expect(await state(last.id)).toBe('done');
      expect(await queue.retry(first.id)).toBe(true);
      await worker.idle();
      expect(seen).toEqual([1, 2, 3, 1]);
      expect(await state(strict.id)).toBe('failed');
      expect(await ask({ n: 5 }, { afterEnd: [first.id] })).toMatchObject({ isNew: true });
      await expect(ask({ n: 6 }, { afterEnd: [crypto.randomUUID()] })).rejects.toMatchObject({ kind: 'missing' });
    });

    it('wait for the others when one of many is cancelled', async () => {
      await open();
      const many = [];
      for (let n = 0; n < 20; n++) many.push((await ask({ n })).id);
      const last = await ask({ n: 100 }, { afterEnd: many });
      for (const id of many.slice(0, -1)) await queue.cancel(id);
      expect(await state(last.id)).toBe('blocked');
      await queue.cancel(many.at(-1)!);
      expect(await state(last.id)).toBe('waiting');
    });
  });

  describe('what an urgent job waits for', () => {
    it('is urgent as well: what it comes after, and what was asked for already', async () => {
      await open();
      for (let n = 0; n < 9; n++) await ask({ n }, { priority: 'background' });
      const first = await ask({ n: 10 }, { priority: 'background' });
      const second = await ask({ n: 11 }, { priority: 'background', after: [first.id] });
      await ask({ n: 12 }, { priority: 'urgent', after: [second.id] });
      expect(await ask({ n: 8 }, { priority: 'usual' })).toMatchObject({ isNew: false });
      expect(await ask({ n: 10 }, { priority: 'background' })).toMatchObject({ isNew: false });
      expect((await queue.find(first.id))?.priority).toBe('urgent');
      const seen: number[] = [];
      const worker = await work(seen);
      await worker.idle();
      expect(seen[0]).toBe(10);
      // While the end of a job is noted, the next one has begun: others get between.
      expect(seen.indexOf(12)).toBeLessThan(6);
      expect(seen.indexOf(8)).toBeLessThan(seen.indexOf(0));
      expect(seen).toHaveLength(12);
    });
  });

  it('jobs are cancelled and raised while a worker takes them, and nobody waits for another for ever', async () => {
    await open();
    const said: string[] = [];
    const ids: string[] = [];
    for (let n = 0; n < 80; n++) ids.push((await ask({ n }, { priority: 'background' })).id);
    const options = { failureOf, capacity: { cores: 4 }, say: (what: string) => said.push(what) };
    const worker = await queue.work([doubling()], options);
    closing.push(() => worker.stop(0));
    await Promise.all(ids.map((id, n) => (n % 3 > 0 ? queue.cancel(id) : ask({ n }, { priority: 'urgent' }))));
    await worker.idle();
    const ended = await queue.list({ limit: 200 });
    expect(ended.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(said).toEqual([]);
  });

  describe('the order', () => {
    it('is by class, then by turns of the owners, then by age', async () => {
      await open();
      for (let n = 0; n < 4; n++) await ask({ n }, { owner: 'many' });
      await ask({ n: 10 }, { owner: 'few' });
      await ask({ n: 20 }, { owner: 'few', priority: 'background' });
      await ask({ n: 30 }, { owner: 'many', priority: 'urgent' });
      const seen: number[] = [];
      const worker = await work(seen);
      await worker.idle();
      expect(seen[0]).toBe(30);
      expect(seen.at(-1)).toBe(20);
      // The urgent one was a turn of `many`.
      expect(seen.slice(1, -1)).toEqual([10, 0, 1, 2, 3]);
    });

    it('keeps what is listed, page by page', async () => {
      await open();
      for (let n = 0; n < 5; n++) await ask({ n }, { owner: n % 2 === 0 ? 'a' : 'b' });
      const first = await queue.list({ owner: 'a', limit: 2, states: ['waiting'], types: ['double'] });
      expect(first.map(({ input }) => input)).toEqual([{ n: 4 }, { n: 2 }]);
      const rest = await queue.list({ owner: 'a', limit: 2, before: first.at(-1)!.number });
      expect(rest.map(({ input }) => input)).toEqual([{ n: 0 }]);
    });
  });

  describe('a worker', () => {
    it('does not start when a type has no handler, or a job waits of a type that is not known', async () => {
      await open();
      await expect(queue.work([], { failureOf })).rejects.toMatchObject({
        kind: 'unsupported',
        message: 'no handler for jobs of type double',
      });
      const newer = await openJobQueue(database, [{ ...double, name: 'triple' }]);
      closing.push(() => newer.close());
      await newer.submit({ ...double, name: 'triple' }, { n: 1 });
      await expect(queue.work([doubling()], { failureOf })).rejects.toThrow(/1 of type triple/);
    });

    it('gives back what it does when it is stopped, and another one goes on', async () => {
      await open();
      const { id } = await ask({ n: 1, milliseconds: 60_000 });
      const worker = await work();
      while ((await state(id)) !== 'running') await sleep(10);
      await worker.stop(0);
      expect(await queue.find(id)).toMatchObject({ state: 'waiting', losses: 0 });
      const second = await work();
      while ((await state(id)) !== 'running') await sleep(10);
      expect(await queue.find(id)).toMatchObject({ attempt: 2 });
      await queue.cancel(id);
      await second.idle();
    });
  });

  it('a job that took its process with it again and again comes after the others, and in the end is left alone', async () => {
    await open();
    const bad = await ask({ n: 1 });
    const worse = await ask({ n: 2 });
    await ask({ n: 3 });
    // As workers leave them that are killed.
    const leave = (id: string, losses: number) =>
      database.executeSql(
        `UPDATE tutti_jobs.job SET state = 'running', attempt = attempt + 1, losses = $2, worker = 'gone' WHERE id = $1`,
        [id, losses],
      );
    await leave(bad.id, 1);
    await leave(worse.id, 3);
    const seen: number[] = [];
    const options = { failureOf, capacity: { cores: 1 }, lostAfterMilliseconds: 100 };
    const worker = await queue.work([doubling(seen)], options);
    closing.push(() => worker.stop(0));
    while ((await state(bad.id)) !== 'done') await sleep(20);
    expect(seen).toEqual([3, 1]);
    expect(await queue.find(bad.id)).toMatchObject({ losses: 2, attempt: 2 });
    expect(await queue.find(worse.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'internal', message: expect.stringMatching(/ended 4 times \(the last: gone\)/) },
    });
  });

  it('schedules become jobs when they are due', async () => {
    await open();
    await queue.schedule('nightly', '0 4 * * *', 'Europe/Berlin', double, { n: 7 });
    expect(await queue.schedules()).toEqual([
      { name: 'nightly', when: '0 4 * * *', timeZone: 'Europe/Berlin', type: 'double', input: { n: 7 } },
    ]);
    await expect(queue.schedule('never', 'now and then', 'UTC', double, { n: 7 })).rejects.toMatchObject({
      kind: 'unsupported',
    });
    await queue.unschedule('nightly');
    expect(await queue.schedules()).toEqual([]);
    // As a clock leaves it that was wrong by years.
    await database.executeSql("UPDATE tutti_queue.version SET cron_on = now() + interval '3 years'");
    // What pg-boss does when the time has come, without waiting for it.
    await queue.schedule('soon', '* * * * *', 'UTC', double, { n: 8 });
    await database.executeSql(
      `INSERT INTO tutti_queue.job (name, data) SELECT name, data FROM tutti_queue.schedule WHERE key = 'soon'`,
    );
    const worker = await work();
    while ((await queue.list()).length === 0) await sleep(50);
    await worker.idle();
    const [job] = await queue.list();
    expect(job).toMatchObject({ type: 'double', input: { n: 8 }, owner: 'schedule', state: 'done' });
    const ahead = await database.executeSql('SELECT FROM tutti_queue.version WHERE cron_on > now()');
    expect(ahead.rows).toEqual([]);
  });
});
