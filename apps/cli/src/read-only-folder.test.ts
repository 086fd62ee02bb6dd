import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tutti-read-only-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Root may write anywhere: then as the user `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const main = join(import.meta.dirname, 'main.ts');

function run(...args: string[]) {
  const { TUTTI_HOME: _, ...environment } = process.env;
  const env = { ...environment, DATABASE_URL: '', HOME: folder, TUTTI_HOME: join(folder, 'home') };
  const parameters = ['--conditions=@tutti/source', main, ...args];
  return spawnSync(process.execPath, parameters, { ...user, env, cwd: folder, encoding: 'utf8' });
}

chmodSync(folder, 0o755);
// That user may not be let to where the program is.
const canRun = process.platform !== 'win32' && run('--version').status === 0;

it.skipIf(!canRun)('a folder that cannot be written is named, and nothing is begun in it', { timeout: 60_000 }, () => {
  const home = join(folder, 'home');
  const library = join(home, 'library');
  mkdirSync(home);
  chmodSync(home, 0o555);
  for (const args of [['jobs', 'list'], ['work', '--until-idle'], ['list']]) {
    const { status, stderr } = run(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`${library} cannot be made a folder: EACCES`)]);
  }
  expect(readdirSync(home)).toEqual([]);
  chmodSync(home, 0o755);
  mkdirSync(library);
  chmodSync(library, 0o555);
  const { status, stderr } = run('jobs', 'list');
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${library}/owner.lock cannot be locked`)]);
  expect(readdirSync(library)).toEqual([]);
  // What needs no folder goes on.
  expect(run('doctor').status).toBe(0);
});
