import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-keeping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
// The first run makes a database, which takes seconds of a processor.
const SLOW = { timeout: 240_000 };
const run = (...args: string[]) => tutti(args, folder, environment);

describe('tutti backup and restore', () => {
  it('write the library into a file and take it back, and replace nothing unless they are told to', SLOW, async () => {
    const backup = await run('backup', 'a.tutti-backup', '--json');
    expect(backup).toMatchObject({ code: 0, stderr: expect.stringContaining('making a new library') });
    expect(JSON.parse(backup.stdout)).toMatchObject({ path: 'a.tutti-backup', rows: 0 });
    expect(await run('backup', 'a.tutti-backup')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force replaces it'),
    });
    expect(readFileSync(join(folder, 'a.tutti-backup')).length).toBeGreaterThan(20);
    expect(await run('restore', 'a.tutti-backup')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('0 rows restored'),
    });
  });

  it('say what is wrong', SLOW, async () => {
    expect(await run('restore', 'absent')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no backup absent'),
    });
    expect(await run('backup')).toMatchObject({ code: 2 });
  });

  it('end with the code of a missing service where the server cannot be reached', async () => {
    const gone = { ...environment, DATABASE_URL: 'postgresql://me:secret@127.0.0.1:9/x' };
    const ended = await tutti(['backup', 'b.tutti-backup'], folder, gone);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('127.0.0.1:9/x');
    expect(ended.stderr).not.toContain('secret');
  });
});
