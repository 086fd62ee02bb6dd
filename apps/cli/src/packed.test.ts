import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisLineSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { version } from './version.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'tutti-packed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cache = join(folder, 'cache');

function must(command: string, args: string[], cwd: string): string {
  // As it is where nobody has set up a cache: in the user's folder.
  const { NODE_COMPILE_CACHE: _, ...usual } = process.env;
  const env = { ...usual, XDG_CACHE_HOME: cache, TUTTI_HOME: join(folder, 'mine') };
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 240_000 });
  expect(done.status, `${command} ${args.join(' ')}\n${done.stdout}\n${done.stderr}`).toBe(0);
  return done.stdout;
}

describe('the packed program', () => {
  it('installs into an empty folder, where its doctor is content and it analyses, mixes, masters and keeps a library', {
    timeout: 300_000,
  }, () => {
    must(process.execPath, ['scripts/run.mjs', 'scripts/build-package.ts'], root);
    const dist = join(root, 'apps/cli/dist');
    must('npm', ['pack', '--silent', '--pack-destination', folder], dist);
    const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    const home = join(folder, 'home');
    must(
      'npm',
      ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', '--prefix', home, join(folder, packed)],
      folder,
    );
    const tutti = join(home, 'node_modules/.bin/tutti');
    expect(existsSync(tutti)).toBe(true);
    const notices = readFileSync(join(home, 'node_modules/tutti/THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of ['commander', 'music-metadata', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} .*MIT`, 'm'));
    expect(must(tutti, ['--version'], folder).trim()).toBe(version);
    expect(readdirSync(join(cache, 'tutti'))).toHaveLength(1);
    const report = JSON.parse(must(tutti, ['doctor', '--json'], folder)) as {
      findings: { name: string; status: string }[];
    };
    const status = Object.fromEntries(report.findings.map(({ name, status }) => [name, status]));
    expect(status).toMatchObject({ runtime: 'ok', kernels: 'ok' });

    // Its worker threads find their file, and its kernels hear.
    writeSmallSong(join(folder, 'song.wav'), { bpm: 120, seconds: 20, rootHz: 55 });
    const heard = must(tutti, ['analyse', 'song.wav', '--json'], folder);
    expect(analysisLineSchema.parse(JSON.parse(heard)).tempo?.bpm).toBeCloseTo(120, 0);
    // What was compiled is kept, and gives the same.
    const kept = () => readdirSync(join(cache, 'tutti')).filter((name) => name.endsWith('.code'));
    expect(kept()).toEqual([expect.stringMatching(/^analyse-/)]);
    expect(must(tutti, ['analyse', 'song.wav', '--json'], folder)).toBe(heard);
    expect(must(tutti, ['analyse', 'song.wav', 'song.wav', '--json'], folder)).toBe(heard);
    must(tutti, ['mix', 'song.wav', '-o', 'mix.flac'], folder);
    writeSmallSong(join(folder, 'other.wav'), { bpm: 100, seconds: 10, rootHz: 82 });
    must(tutti, ['master', 'song.wav', 'other.wav', '-o', 'masters', '--report'], folder);
    expect(readdirSync(join(folder, 'masters')).sort()).toEqual(['other.html', 'other.wav', 'song.html', 'song.wav']);
    expect(existsSync(join(folder, 'mix.flac'))).toBe(true);

    // Its database starts, its migrations are with it, and so is what hashes, and what works on jobs.
    must(tutti, ['scan', 'masters', '--no-analysis'], folder);
    must(tutti, ['jobs', 'add', 'analyse', JSON.stringify({ path: join(folder, 'song.wav') })], folder);
    must(tutti, ['work', '--until-idle'], folder);
    expect(must(tutti, ['jobs', 'list', '--json'], folder)).toContain('"state":"done"');
    must(tutti, ['backup', 'library.tutti-backup'], folder);
    must(tutti, ['restore', 'library.tutti-backup', '--force'], folder);
  });

  it('has the version of the workspace', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe(manifest.version);
  });
});
