import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analysisLineSchema } from '@tutti/contract';
import { expect, it } from 'vitest';
import { runningServer } from './testing/running-server.ts';
import { putTwoSongs } from './testing/two-songs.ts';

const SCRIPT = join(import.meta.dirname, '../../../docs/quick-start.sh');
const missing = ['curl', 'sh'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
const server = runningServer();

/** Runs the script as a person does. */
function quickStart(args: readonly string[]): Promise<{ code: number | null; out: string; told: string }> {
  const child = spawn('sh', [SCRIPT, ...args], { env: { ...process.env, TUTTI: server.origin } });
  let [out, told] = ['', ''];
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stderr.on('data', (text) => {
    told += String(text);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, told }));
  });
}

it('the quick start makes an analysis, a master and a mix of two songs, with curl alone', async ({ skip }) => {
  if (missing.length > 0) skip(`not installed: ${missing.join(', ')}`);
  const out = join(server.home, 'made');
  mkdirSync(out);
  const songs = putTwoSongs(join(server.home, 'a "b" c'));
  const { code, told } = await quickStart([...songs, out]);
  expect([told, code]).toEqual([expect.stringMatching(/^(job [0-9a-f-]{36}: .*\n){3}$/), 0]);
  const analysis = analysisLineSchema.parse(JSON.parse(readFileSync(join(out, 'analysis.json'), 'utf8')));
  expect(analysis.format.seconds).toBeCloseTo(12, 3);
  for (const name of ['master.wav', 'mix.wav']) {
    expect(readFileSync(join(out, name)).toString('latin1', 0, 4)).toBe('RIFF');
  }
  const refused = await quickStart([SCRIPT, songs[1], out]);
  expect(refused).toEqual({
    code: 1,
    out: '',
    told: expect.stringMatching(/^curl: .*\n\{.*no audio format was recognised.*\}\n$/),
  });
});
