import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlayer, playSound } from './sound-player.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-player-'));
const inFolder = (name: string) => join(folder, name);
const never = new AbortController().signal;

/** Programs of a shell: POSIX systems. */
const hasShell = process.platform !== 'win32';
if (!hasShell) process.stderr.write('not run: players that are shell scripts, for want of a shell\n');

describe.runIf(hasShell)('a player', () => {
  beforeAll(() => {
    const program = (name: string, text: string) => {
      writeFileSync(inFolder(name), `#!/bin/sh\n${text}\n`);
      chmodSync(inFolder(name), 0o755);
    };
    program('aplay', `echo "$@" > ${inFolder('args')}`);
    program('broken', 'echo first >&2; echo no device >&2; exit 7');
    program('endless', 'exec sleep 100');
    writeFileSync(inFolder('mpv'), 'not a program');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the first that is on PATH and may be run, or the one that is named', async () => {
    expect(await findPlayer({ PATH: `/no/such/folder:${folder}` })).toMatchObject({
      name: 'aplay',
      program: inFolder('aplay'),
    });
    expect(await findPlayer({ PATH: '/no/such/folder' })).toBeNull();
    expect(await findPlayer({ PATH: folder, TUTTI_PLAYER: 'mine --loud' })).toMatchObject({
      program: 'mine',
      args: ['--loud'],
    });
  });

  it('is given the file behind its arguments', async () => {
    await playSound((await findPlayer({ PATH: folder }))!, '/tmp/a b.wav', never);
    expect(readFileSync(inFolder('args'), 'utf8')).toBe('-q -- /tmp/a b.wav\n');
  });

  it('fails with what it said last, or that it is not there', async () => {
    const player = (name: string) => ({ name, program: inFolder(name), args: [] });
    await expect(playSound(player('broken'), 'x', never)).rejects.toThrow('broken failed with exit code 7: no device');
    await expect(playSound(player('gone'), 'x', never)).rejects.toThrow(/gone cannot be run: .*ENOENT/);
  });

  it('is stopped without failing', async () => {
    const abort = new AbortController();
    const played = playSound({ name: 'endless', program: inFolder('endless'), args: [] }, 'x', abort.signal);
    abort.abort();
    await expect(played).resolves.toBeUndefined();
  });
});
