import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const program = join(import.meta.dirname, '../testing/walk-program.ts');
const NOBODY = 65_534;

interface Walked {
  readonly files: number;
  readonly errors: readonly string[];
}

function walk(path: string, options: readonly string[] = [], user: { uid?: number; gid?: number } = {}): Walked {
  const args = ['--conditions=@tutti/source', ...options, program, path];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', ...user });
  expect(done.status, done.stderr).toBe(0);
  return JSON.parse(done.stdout) as Walked;
}

it('walks 100,000 files in one folder with a heap of 64 MiB', { timeout: 240_000 }, () => {
  const FILES = 100_000;
  mkdirSync(at('many'));
  for (let n = 0; n < FILES; n++) closeSync(openSync(at('many', `${n} a name of an ordinary length.mp3`), 'w'));
  expect(walk(at('many'), ['--max-old-space-size=64'])).toEqual({ files: FILES, errors: [] });
});

it.skipIf(process.platform === 'win32')('names a folder that it may not look into, and goes on', () => {
  for (const name of ['open', 'closed']) mkdirSync(at('rights', name), { recursive: true });
  for (const name of ['open/a.mp3', 'closed/b.mp3', 'z.mp3']) folder.put(`rights/${name}`, 'x');
  chmodSync(folder.path, 0o755);
  chmodSync(at('rights', 'closed'), 0o700);
  // The owner of everything may look into everything; then somebody else walks.
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid === undefined) chmodSync(at('rights', 'closed'), 0o000);
  const walked = walk(at('rights'), [], user);
  chmodSync(at('rights', 'closed'), 0o755);
  expect(walked).toEqual({ files: 2, errors: [`denied ${at('rights', 'closed')}`] });
});

it.skipIf(process.platform === 'win32')('comes to an end where links lead in circles', () => {
  mkdirSync(at('circles', 'a', 'b'), { recursive: true });
  folder.put('circles/a/b/song.mp3', 'x');
  symlinkSync('.', at('circles', 'itself'));
  symlinkSync('../..', at('circles', 'a', 'b', 'up'));
  symlinkSync(at('circles', 'q'), at('circles', 'p'));
  symlinkSync(at('circles', 'p'), at('circles', 'q'));
  expect(walk(at('circles'))).toEqual({
    files: 1,
    errors: [`missing ${at('circles', 'p')}`, `missing ${at('circles', 'q')}`],
  });
});
