import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { effectiveSettingSchema } from '@tutti/contract';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { configurationPath } from './configuration-file.ts';
import { applyConfiguration, readConfiguration } from './read-configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-configuration-'));
const file = join(folder, 'config.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => rmSync(file, { recursive: true, force: true }));

const write = (content: unknown) => writeFileSync(file, JSON.stringify(content));
const setting = (environment: NodeJS.ProcessEnv, name: string) =>
  readConfiguration(environment).settings.find((each) => each.name === name);

describe('the file of settings', () => {
  it.each([
    ['linux', {}, join(homedir(), '.config/tutti/config.json')],
    ['linux', { XDG_CONFIG_HOME: '/etc/me' }, '/etc/me/tutti/config.json'],
    ['darwin', {}, join(homedir(), 'Library/Application Support/Tutti/config.json')],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Tutti/config.json'],
    ['linux', { TUTTI_HOME: '/mine', XDG_CONFIG_HOME: '/etc/me' }, '/mine/config.json'],
    ['linux', { TUTTI_HOME: '/mine', TUTTI_CONFIG: '/etc/tutti.json' }, '/etc/tutti.json'],
  ] as const)('is where %s keeps settings, with %o', (platform, environment, path) => {
    expect(configurationPath(environment, platform)).toBe(path);
  });
});

describe('a setting', () => {
  it('is that of the environment, else that of the file, else a default', () => {
    const environment = { TUTTI_HOME: folder, TUTTI_WORKER_CORES: '3', DATABASE_URL: '' };
    write({ workerCores: 7, workerMemoryGib: 1.5 });
    expect(setting(environment, 'workerCores')).toMatchObject({ value: 3, source: 'environment' });
    expect(setting(environment, 'workerMemoryGib')).toMatchObject({ value: 1.5, source: 'file' });
    expect(setting(environment, 'results')).toMatchObject({ value: join(folder, 'results'), source: 'default' });
    expect(setting(environment, 'databaseUrl')).toMatchObject({ value: null, source: 'default' });
    for (const each of readConfiguration(environment).settings) effectiveSettingSchema.parse(each);
  });

  it.each([
    'postgresql://me:secret@db.example:5433/music',
    'postgresql://me:se%40cret@%2Frun%2Fpostgres/music',
    'postgresql://db/music?user=me&password=secret',
  ])('that holds a password is shown without it: %s', (url) => {
    const shown = String(setting({ TUTTI_HOME: folder, DATABASE_URL: url }, 'databaseUrl')?.value);
    expect(shown).toContain('***');
    expect(shown).not.toMatch(/se(%40)?cret/);
    expect(shown).toContain('/music');
  });

  it('that is a secret is not shown at all', () => {
    const whole = 'https://a-secret-that-reads-like-an-address';
    expect(setting({ TUTTI_HOME: folder, TUTTI_SECRET: whole }, 'secret')).toMatchObject({ value: '***' });
  });

  it.each([
    [
      { TUTTI_WORKER_CORES: '0' },
      /environment variable TUTTI_WORKER_CORES is 0, and must be a whole number from 1 to 1024/,
    ],
    [{ TUTTI_WORKER_CORES: 'many' }, /is "many", and must be a whole number/],
    [{ TUTTI_WORKER_CORES: '1.5' }, /is 1.5, and must be a whole number/],
    [{ TUTTI_WORKER_MEMORY_GIB: '0.1' }, /must be a number from 0.25 to 65536/],
    [{ TUTTI_SECRET: 'a short secret' }, /TUTTI_SECRET is not what it should be .*a text of 32 characters or more/],
    [{ TUTTI_PUBLIC_URL: 'https://music.example/' }, /must be https:\/\/NAME/],
    [{ DATABASE_URL: 'mysql://me:secret@db' }, /DATABASE_URL is not what it should be .*must be postgresql:\/\/USER/],
  ])('that cannot be is told with its name, its value and what is allowed: %o', (environment, sentence) => {
    const { problems } = readConfiguration({ TUTTI_HOME: folder, ...environment });
    expect(problems).toEqual([expect.stringMatching(sentence)]);
    expect(problems.join()).not.toMatch(/me:secret|short secret/);
  });

  it('of the file that cannot be, or is none, is told with its place', () => {
    write({ workerCores: '4', cores: 2 });
    expect(readConfiguration({ TUTTI_HOME: folder }).problems).toEqual([
      `"workerCores" in ${file} is "4", and must be a whole number from 1 to 1024`,
      expect.stringMatching(/"cores" in .* is no setting; there are home, databaseUrl, results/),
    ]);
    write([1]);
    expect(readConfiguration({ TUTTI_HOME: folder }).problems).toEqual([`${file} must hold an object of settings`]);
    writeFileSync(file, '{');
    expect(readConfiguration({ TUTTI_HOME: folder }).problems).toEqual([expect.stringMatching(/is no JSON/)]);
    rmSync(file);
    mkdirSync(file);
    expect(readConfiguration({ TUTTI_HOME: folder }).problems).toEqual([expect.stringMatching(/cannot be read/)]);
  });
});

it('what the file says comes into force, and is still said to come from there', () => {
  const { TUTTI_HOME: home = '', TUTTI_FFMPEG: ffmpeg = '' } = process.env;
  process.env['TUTTI_HOME'] = folder;
  delete process.env['TUTTI_FFMPEG'];
  try {
    write({ ffmpeg: '/opt/ffmpeg' });
    applyConfiguration();
    expect(process.env['TUTTI_FFMPEG']).toBe('/opt/ffmpeg');
    expect(setting(process.env, 'ffmpeg')).toMatchObject({ value: '/opt/ffmpeg', source: 'file' });
    write({ ffmpeg: 1 });
    expect(() => applyConfiguration()).toThrow(/"ffmpeg" in .* is 1, and must be the path of a program/);
  } finally {
    Object.assign(process.env, { TUTTI_HOME: home, TUTTI_FFMPEG: ffmpeg });
  }
});
