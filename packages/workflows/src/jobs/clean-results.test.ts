import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJobQueue } from '@tutti/jobs';
import { onBothEngines } from '@tutti/library/testing';
import { folderStore } from '@tutti/media';
import { expect, it } from 'vitest';
import { cleanResults } from './clean-results.ts';
import { JOB_TYPES } from './job-types.ts';

const DAY = 86_400_000;

onBothEngines((fresh) => {
  it('results go that no job needs, the oldest first where there is too little room, and none that one may need', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tutti-clean-'));
    const store = folderStore(folder);
    const library = await fresh();
    await library.script('DROP SCHEMA IF EXISTS tutti_jobs CASCADE; DROP SCHEMA IF EXISTS tutti_queue CASCADE');
    const queue = await openJobQueue(library, Object.values(JOB_TYPES));
    const now = Date.now();
    const sizes = new Map<string, string>();
    /** So many bytes, stored so many days ago, of a job that ended so many days ago; null: it has not. */
    async function put(name: string, stored: number, ended?: number | null): Promise<void> {
      const { key } = await store.put(name.padEnd(100));
      sizes.set(key, name);
      const time = (now - stored * DAY) / 1000;
      utimesSync(join(folder, key.slice(0, 2), key), time, time);
      if (ended === undefined) return;
      const { id } = await queue.submit(JOB_TYPES.analyse, { path: `/${name}` });
      await library.executeSql(
        `UPDATE tutti_jobs.job SET result = json_build_object('file', json_build_object('key', $2::text)),
           state = CASE WHEN $3::float8 IS NULL THEN 'running' ELSE 'done' END, ended_at = now() - $3::float8 * interval '1 day' WHERE id = $1`,
        [id, key, ended],
      );
    }
    async function left() {
      const names: (string | undefined)[] = [];
      for await (const { key } of store.list()) names.push(sizes.get(key));
      return names.sort();
    }
    await put('needed', 300, null);
    await put('old', 40, 31);
    await put('used again', 40, 5);
    await put('middle', 20, 20);
    await put('young', 2, 2);
    await put('new', 0, 0);
    await put('unknown', 2);
    await put('unknown and new', 0.5);
    const options = { days: 30, now, dryRun: true };
    const gone = { results: 2, bytes: 200 };
    expect(await cleanResults({ queue, store }, options)).toEqual({
      ...{ dryRun: true, removed: gone, kept: { results: 6, bytes: 600 }, tooMany: 0 },
    });
    expect(await left()).toHaveLength(8);
    expect(await cleanResults({ queue, store }, { ...options, dryRun: false })).toMatchObject({ removed: gone });
    expect(await left()).toEqual(['middle', 'needed', 'new', 'unknown and new', 'used again', 'young']);
    await cleanResults({ queue, store }, { ...options, dryRun: false, bytes: 450 });
    expect(await left()).toEqual(['needed', 'new', 'used again', 'young']);
    await cleanResults({ queue, store }, { ...options, dryRun: false, days: 3 });
    expect(await left()).toEqual(['needed', 'new', 'young']);
    expect(await cleanResults({ queue, store }, { ...options, dryRun: false, bytes: 50 })).toMatchObject({
      ...{ removed: { results: 1, bytes: 100 }, tooMany: 150 },
    });
    expect(await left()).toEqual(['needed', 'new']);
    // A clock that leaps back makes nothing old.
    expect(await cleanResults({ queue, store }, { ...options, dryRun: false, now: now - 1000 * DAY })).toMatchObject({
      removed: { results: 0, bytes: 0 },
    });
    await queue.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
