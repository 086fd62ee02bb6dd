import { setTimeout as sleep } from 'node:timers/promises';
import { openLibrary } from '@tutti/library';
import { onBothEngines } from '@tutti/library/testing';
import { type RestartableServer, startServer } from '@tutti/library/testing/server';
import { expect, it, vi } from 'vitest';
import type { QueueDatabase } from './database/queue-database.ts';
import { openJobQueue } from './open-queue.ts';
import { double, doubling, failureOf, TYPES, withoutQueue } from './testing/number-jobs.ts';

const SLOW = { timeout: 240_000 };

/** A database that can be taken away. */
function removable(database: QueueDatabase): QueueDatabase & { gone: boolean } {
  const refuse = async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  return {
    engine: database.engine,
    place: 'the database',
    gone: false,
    executeSql(sql, values) {
      return this.gone ? refuse() : database.executeSql(sql, values);
    },
    transaction(work) {
      return this.gone ? refuse() : database.transaction(work);
    },
  };
}

onBothEngines((fresh) => {
  it('a worker outlasts a database that goes away: what runs goes on, and is noted when it is back', SLOW, async () => {
    const database = removable(await withoutQueue(await fresh()));
    const queue = await openJobQueue(database, TYPES);
    const said: string[] = [];
    const say = (what: string) => said.push(what);
    const seen: number[] = [];
    const worker = await queue.work([doubling(seen)], { failureOf, say, capacity: { cores: 1 } });
    const running = await queue.submit(double, { n: 1, milliseconds: 300 });
    const waiting = await queue.submit(double, { n: 2 });
    while (seen.length === 0) await sleep(5);
    database.gone = true;
    await sleep(1500);
    await expect(queue.find(running.id)).rejects.toThrow('ECONNREFUSED');
    expect(worker.running).toBe(1);
    database.gone = false;
    await worker.idle();
    expect(await queue.find(running.id)).toMatchObject({ state: 'done', attempt: 1, losses: 0 });
    expect(await queue.find(waiting.id)).toMatchObject({ state: 'done', attempt: 1 });
    expect(seen).toEqual([1, 2]);
    // What looks for schedules may have met it as well.
    expect(said.filter((what) => !what.startsWith('the queue: '))).toEqual([
      expect.stringMatching(/^the database does not answer \(connect ECONNREFUSED\): waiting for it/),
      expect.stringMatching(/^the database answers again after \d+ s: going on$/),
    ]);
    await worker.stop(0);
    await queue.close();
  });

  it('a worker can be stopped while the database is away, and its job is not lost', async () => {
    const database = removable(await withoutQueue(await fresh()));
    const queue = await openJobQueue(database, TYPES);
    const options = { failureOf, capacity: { cores: 1 }, lostAfterMilliseconds: 500 };
    const first = await queue.work([doubling()], options);
    const { id } = await queue.submit(double, { n: 1, milliseconds: 100 });
    while (first.running === 0) await sleep(5);
    database.gone = true;
    await sleep(300);
    await first.stop(0);
    database.gone = false;
    const second = await queue.work([doubling()], options);
    while ((await queue.find(id))?.state !== 'done') await sleep(50);
    expect(await queue.find(id)).toMatchObject({ result: { twice: 2 }, attempt: 2, losses: 1 });
    await second.stop(0);
    await queue.close();
  });

  it('no clock decides when a job may begin that does not wait for a time', async () => {
    const database = await withoutQueue(await fresh());
    const queue = await openJobQueue(database, TYPES);
    await queue.submit(double, { n: 1 });
    const { rows } = await database.executeSql(
      "SELECT start_after < '2001-01-01' AS long_ago, keep_until > '2060-01-01' AS kept FROM tutti_queue.job",
    );
    expect(rows).toEqual([{ long_ago: true, kept: true }]);
    await queue.close();
  });

  it('a clock that leaps ahead and back takes no job from anybody, and begins none twice', SLOW, async () => {
    const database = await withoutQueue(await fresh());
    const queue = await openJobQueue(database, TYPES);
    const seen: number[] = [];
    // Of the process alone: timers go on.
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const options = { failureOf, capacity: { cores: 1 }, lostAfterMilliseconds: 1000 };
      const first = await queue.work([doubling(seen)], options);
      // One that would take what it holds for lost, if it went by the time of day.
      const second = await queue.work([doubling(seen)], options);
      const long = await queue.submit(double, { n: 1, milliseconds: 2500 });
      const longer = await queue.submit(double, { n: 2, milliseconds: 2500 });
      const rest = [];
      for (let n = 3; n < 8; n++) rest.push(await queue.submit(double, { n }));
      for (const days of [20, -40, 3]) {
        vi.setSystemTime(Date.now() + days * 86_400_000);
        await sleep(700);
        // What is asked for under a wrong clock is done as well.
        rest.push(await queue.submit(double, { n: 100 + days }));
      }
      while ((await queue.list({ states: ['waiting', 'running'] })).length > 0) await sleep(50);
      for (const { id } of [long, longer, ...rest]) {
        expect(await queue.find(id)).toMatchObject({ state: 'done', attempt: 1, losses: 0 });
      }
      expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 60, 103, 120]);
      await first.stop(0);
      await second.stop(0);
    } finally {
      vi.useRealTimers();
      await queue.close();
    }
  });
});

let server: RestartableServer | undefined;
try {
  server = await startServer();
} catch (error) {
  process.stderr.write(`no server of PostgreSQL was stopped under a worker: ${error}\n`);
}

it.skipIf(server === undefined)(
  'a server of PostgreSQL that is stopped and started again loses no job and does none twice',
  SLOW,
  async () => {
    const { url, goAway, comeBack, stop } = server!;
    const database = await openLibrary({ folder: '', databaseUrl: url });
    const queue = await openJobQueue(database, TYPES);
    const said: string[] = [];
    const seen: number[] = [];
    const say = (what: string) => said.push(what);
    const options = { failureOf, say, capacity: { cores: 2 }, lostAfterMilliseconds: 3000 };
    const worker = await queue.work([doubling(seen)], options);
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) ids.push((await queue.submit(double, { n, milliseconds: (n % 4) * 200 })).id);
    for (const times of [2, 5]) {
      while (seen.length < times * 4) await sleep(5);
      // Under a transaction that has just nothing to ask.
      const broken = database.transaction(async (statements) => {
        await goAway();
        await sleep(50);
        await statements.executeSql('SELECT 1');
      });
      await expect(broken).rejects.toThrow();
      await expect(queue.find(ids[0]!)).rejects.toThrow();
      await sleep(1200);
      await comeBack();
      while ((await queue.counts().catch(() => [])).length === 0) await sleep(50);
    }
    while ((await queue.list({ states: ['waiting', 'running'], limit: 1 })).length > 0) await sleep(50);
    await worker.idle();
    for (const id of ids) expect(await queue.find(id)).toMatchObject({ state: 'done', attempt: 1, losses: 0 });
    expect(seen.toSorted((a, b) => a - b)).toEqual(ids.map((_, n) => n));
    expect(said.filter((what) => what.includes('answers again')).length).toBe(2);
    await worker.stop(0);
    await queue.close();
    await database.close();
    await stop();
  },
);
