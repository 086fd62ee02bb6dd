import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MixPlan } from '@tutti/music/mixing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { writeSwellingTone } from '../testing/swelling-tone.ts';
import { checkOutput } from './check-output.ts';
import { renderMixToFile } from './render-mix-to-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-naming-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RENDER = pathToFileURL(join(import.meta.dirname, 'render-mix-to-file.ts')).href;
const WANTED = { force: false, picture: true, report: true };
const NAMES = ['mix.html', 'mix.svg', 'mix.txt', 'mix.wav'];
let plan: MixPlan;

beforeAll(async () => {
  const song = join(folder, 'song.wav');
  await writeSwellingTone(song, 200, 60);
  plan = plannedMix([song]);
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
});

function render(out: string) {
  const companions = [{ path: join(out, 'mix.txt'), content: 'songs' }];
  return renderMixToFile(plan, join(out, 'mix.wav'), { ...WANTED, companions });
}

/** Renders in another process that kills itself when it is about to change a folder or a small file for the `change`-th time. */
async function renderUntil(out: string, change: number): Promise<'killed' | 'whole'> {
  const code = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let left = ${change};
    for (const name of ['open', 'rename', 'rm', 'unlink', 'writeFile']) {
      const change = fs.promises[name];
      fs.promises[name] = (...args) => {
        if (name !== 'open' || args[1] !== 'r') left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return change(...args);
      };
    }
    syncBuiltinESMExports();
    const { renderMixToFile } = await import(${JSON.stringify(RENDER)});
    const plan = JSON.parse(fs.readFileSync(${JSON.stringify(join(folder, 'plan.json'))}, 'utf8'));
    const companions = [{ path: ${JSON.stringify(join(out, 'mix.txt'))}, content: 'songs' }];
    await renderMixToFile(plan, ${JSON.stringify(join(out, 'mix.wav'))}, { ...${JSON.stringify(WANTED)}, threads: 1, companions });`;
  const child = spawn(process.execPath, ['--conditions=@tutti/source', '--input-type=module', '-e', code], {
    stdio: 'inherit',
  });
  const [exit, signal] = await once(child, 'exit');
  if (signal === null) expect(exit).toBe(0);
  return signal === 'SIGKILL' ? 'killed' : 'whole';
}

describe('a mix and what goes with it', () => {
  it('appear together wherever a run is killed: all are there, or the next run makes them without being forced', {
    timeout: 240_000,
  }, async () => {
    const whole = join(folder, 'whole');
    mkdirSync(whole);
    await render(whole);
    expect(readdirSync(whole).sort()).toEqual(NAMES);
    const seen = { named: 0, unnamed: 0, halfNamed: 0 };
    for (let change = 1; ; change++) {
      const out = join(folder, `${change}`);
      mkdirSync(out);
      if ((await renderUntil(out, change)) === 'whole') break;
      const found = NAMES.filter((name) => existsSync(join(out, name)));
      const isNamed = found.includes('mix.wav');
      seen[isNamed ? 'named' : found.length > 0 ? 'halfNamed' : 'unnamed'] += 1;
      const check = checkOutput(join(out, 'mix.wav'), WANTED);
      if (isNamed) await expect(check).rejects.toThrow(/exists already/);
      else {
        await check;
        expect(readdirSync(out).filter((name) => NAMES.includes(name))).toEqual([]);
        await render(out);
      }
      expect(readdirSync(out).sort(), `killed before change ${change}`).toEqual(NAMES);
      for (const name of NAMES)
        expect(readFileSync(join(out, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
    }
    expect(seen.named).toBeGreaterThan(0);
    expect(seen.unnamed).toBeGreaterThan(3);
    expect(seen.halfNamed).toBe(3);
  });

  it('are not taken back where somebody else wrote them', async () => {
    const out = join(folder, 'foreign');
    mkdirSync(out);
    const mark = [{ path: join(out, 'mix.svg'), sha256: '0'.repeat(64) }];
    writeFileSync(join(out, '.mix.wav.tutti-naming'), JSON.stringify(mark));
    writeFileSync(join(out, 'mix.svg'), 'of a person');
    await expect(checkOutput(join(out, 'mix.wav'), WANTED)).rejects.toThrow(/mix\.svg is there already/);
    expect(readdirSync(out)).toEqual(['mix.svg']);
  });

  it('are refused before the work where a folder has a name', async () => {
    const out = join(folder, 'folders');
    mkdirSync(join(out, 'mix.svg'), { recursive: true });
    const check = checkOutput(join(out, 'mix.wav'), { ...WANTED, force: true });
    await expect(check).rejects.toThrow(/mix\.svg is a folder/);
  });

  it('leave nothing when one of them cannot be written', async () => {
    const out = join(folder, 'failing');
    mkdirSync(out);
    const companions = [{ path: join(out, 'none/list.txt'), content: '' }];
    const run = renderMixToFile(plan, join(out, 'mix.wav'), { ...WANTED, companions });
    await expect(run).rejects.toThrow(/list\.txt cannot be written/);
    mkdirSync(join(out, 'mix.txt'));
    await expect(render(out)).rejects.toThrow(/mix\.txt cannot be written/);
    expect(readdirSync(out)).toEqual(['mix.txt']);
  });
});
