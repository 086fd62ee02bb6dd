import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createAudioWriter } from './audio-writer.ts';
import { newPartPath } from './part-files.ts';

const folder = temporaryFolder();
const options = { sampleRate: 44_100, channels: 1 };

const WRITER = pathToFileURL(join(import.meta.dirname, 'audio-writer.ts')).href;

/** Begins a file in another process, which is killed when it has written something. */
async function writeAndDie(path: string): Promise<void> {
  const code = `
    const { createAudioWriter } = await import(${JSON.stringify(WRITER)});
    const writer = await createAudioWriter(${JSON.stringify(path)}, ${JSON.stringify(options)});
    await writer.write([new Float32Array(1000)], 1000);
    console.log('written');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--conditions=@tutti/source', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  child.kill('SIGKILL');
  await ended;
}

it('what a killed process left is removed by the next one that writes into the folder, and nothing else', async () => {
  const target = join(folder.path, 'mix.wav');
  await writeAndDie(target);
  const [left, ...more] = readdirSync(folder.path);
  expect(left).toMatch(/^\.tutti-.*\.part$/);
  expect(more).toEqual([]);

  // Of a process that runs, of a place where numbers mean something else, and files that only look alike.
  const [, place, pid] = left!.split('-') as [string, string, string];
  const others = [
    basename(newPartPath(folder.path)),
    `.tutti-0123456789ab-${pid}-0-1.part`,
    `.tutti-${place}-${pid}.part`,
    `tutti-${place}-${pid}-0-1.part`,
    'mix.wav.part',
  ];
  for (const name of others) writeFileSync(join(folder.path, name), 'kept');
  mkdirSync(join(folder.path, `.tutti-${place}-${pid}-9-9.part`));

  const writer = await createAudioWriter(target, options);
  await writer.write([new Float32Array(10)], 10);
  await writer.finish();
  expect(readdirSync(folder.path).sort()).toEqual([...others, `.tutti-${place}-${pid}-9-9.part`, 'mix.wav'].sort());
});
