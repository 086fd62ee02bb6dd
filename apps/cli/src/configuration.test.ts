import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { effectiveSettingSchema } from '@tutti/contract';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-settings-'));
const file = join(folder, 'config.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { TUTTI_HOME: folder, TUTTI_CONFIG: '', DATABASE_URL: '' };
const URL_WITH_PASSWORD = 'postgresql://me:secret@127.0.0.1:9/music';

it('settings of the file are in force, and the doctor shows them without passwords', async () => {
  writeFileSync(file, JSON.stringify({ databaseUrl: URL_WITH_PASSWORD, workerCores: 1 }));
  const told = await tutti(['doctor', '--json'], folder, environment);
  const { settings } = z.object({ settings: z.array(effectiveSettingSchema) }).parse(JSON.parse(told.stdout));
  const by = Object.fromEntries(settings.map((setting) => [setting.name, setting]));
  expect(by['databaseUrl']).toMatchObject({ value: 'postgresql://me:***@127.0.0.1:9/music', source: 'file' });
  expect(by['workerCores']).toMatchObject({ value: 1, source: 'file' });
  expect(by['home']).toMatchObject({ value: folder, source: 'environment' });
  const spoken = await tutti(['doctor'], folder, environment);
  expect(spoken.stdout).toContain(`workerCores = 1  (${file})`);
  expect(told.stdout + spoken.stdout).not.toContain(':secret');
  const refused = await tutti(['jobs', 'list'], folder, environment);
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('127.0.0.1:9/music') });
});

it('a setting that cannot be stops what is started, and the doctor says what is wrong', async () => {
  rmSync(file, { force: true });
  const wrong = { ...environment, TUTTI_WORKER_CORES: 'all' };
  const sentence = 'the environment variable TUTTI_WORKER_CORES is "all", and must be a whole number from 1 to 1024';
  expect(await tutti(['library', 'list'], folder, wrong)).toMatchObject({
    code: 2,
    stderr: `tutti library: ${sentence}\n`,
  });
  expect(await tutti(['doctor'], folder, wrong)).toMatchObject({ code: 3, stdout: expect.stringContaining(sentence) });
});
