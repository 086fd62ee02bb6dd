import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ownFolder } from './folder-owner.ts';

const root = mkdtempSync(join(tmpdir(), 'tutti-owner-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../testing/hold-folder.ts');
  const child = spawn(process.execPath, ['--conditions=@tutti/source', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout!, 'data');
  expect(String(said)).toBe('owned\n');
  return child;
}

it('a second process is refused with the pid of the first, until that is killed', async () => {
  const folder = join(root, 'killed');
  const child = await holdElsewhere(folder);
  await expect(ownFolder(folder)).rejects.toMatchObject({
    kind: 'denied',
    message: expect.stringMatching(new RegExp(`in use by process ${child.pid} .*end that one first`)),
  });
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const owner = await ownFolder(folder);
  owner.release();
});

it('a note of a process that lives, but does not hold the folder, deceives nobody', async () => {
  const folder = join(root, 'note');
  (await ownFolder(folder)).release();
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ pid: process.ppid, since: 'long ago' }));
  (await ownFolder(folder)).release();
});

it('the same process is refused as well, and may have it again after giving it back', async () => {
  const folder = join(root, 'same');
  const owner = await ownFolder(folder);
  await expect(ownFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  owner.release();
  (await ownFolder(folder)).release();
});

it('says so where nothing can be written', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(ownFolder(join(root, 'file'))).rejects.toMatchObject({ kind: 'denied' });
});

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says so in a read-only folder', async () => {
  const folder = join(root, 'locked');
  (await ownFolder(folder)).release();
  rmSync(join(folder, 'owner.lock'));
  chmodSync(folder, 0o500);
  await expect(ownFolder(folder)).rejects.toMatchObject({ kind: 'denied' });
  chmodSync(folder, 0o700);
});
