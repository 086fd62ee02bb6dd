import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRoot, openLibrary } from '@tutti/library';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { requireInLibrary } from './require-in-library.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-own-paths-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets jobs look at what lies in the library, and at nothing else', { timeout: 60_000 }, async () => {
  const music = join(folder, 'music');
  for (const name of ['music', 'music-of-others', 'home']) mkdirSync(join(folder, name));
  for (const name of ['music/a.wav', 'music-of-others/b.wav']) writeFileSync(join(folder, name), '');
  symlinkSync(join(folder, 'music-of-others'), join(music, 'link'));
  const library = await openLibrary({ folder: join(folder, 'home') });
  onTestFinished(() => library.close());
  await addRoot(library, Buffer.from(music), music);
  const check = (type: Parameters<typeof requireInLibrary>[1], input: unknown) =>
    requireInLibrary(library, type, input);

  await check('analyse', { path: join(music, 'a.wav') });
  await check('analyse', { path: join(music, 'not-there.wav') });
  await check('scan', {});
  await check('duplicates', {});
  await check('balance', { files: [join(music, 'a.wav')] });
  const outside = [
    join(folder, 'music-of-others/b.wav'),
    join(music, '../music-of-others/b.wav'),
    join(music, 'link/b.wav'),
    join(folder, 'nowhere.wav'),
    folder,
  ];
  for (const path of outside) {
    await expect(check('analyse', { path }), path).rejects.toThrow(/in no folder of the library/);
    await expect(check('mix', { files: [join(music, 'a.wav'), path] }), path).rejects.toThrow(/in no folder/);
    await expect(check('scan', { folders: [path] }), path).rejects.toThrow(/in no folder/);
    await expect(check('master', { path }), path).rejects.toThrow(/in no folder/);
    await expect(check('balance', { files: [join(music, 'a.wav')], reference: path }), path).rejects.toThrow(/in no/);
  }
  const bytes = Buffer.from(join(folder, 'music-of-others/b.wav')).toString('hex');
  await expect(check('analyse', { path: join(music, 'a.wav'), pathBytes: bytes })).rejects.toThrow(/in no folder/);
});
