import { setTimeout as sleep } from 'node:timers/promises';
import { onBothEngines } from '@tutti/library/testing';
import { expect, it } from 'vitest';
import type { QueueDatabase } from './database/queue-database.ts';
import { openJobQueue } from './open-queue.ts';
import { double, doubling, failureOf, TYPES, withoutQueue } from './testing/number-jobs.ts';

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
  it('a worker outlasts a database that goes away: what runs goes on, and is noted when it is back', async () => {
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
    expect(said).toEqual([
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
});
