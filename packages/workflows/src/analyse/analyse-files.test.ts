import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudioWriter } from '@tutti/media';
import { afterAll, expect, it } from 'vitest';
import { analyseFiles } from './analyse-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-tiny-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = 200;

it('hundreds of tiny files come back in order, each with what it lacks, the unreadable ones with their fault', async () => {
  const paths: string[] = [];
  for (let i = 0; i < FILES; i++) {
    const path = join(folder, `${i}.wav`);
    paths.push(path);
    if (i % 50 === 49) {
      writeFileSync(path, 'no sound at all');
      continue;
    }
    const samples = Float32Array.from({ length: 100 + 20 * i }, (_, n) => 0.3 * Math.sin(0.05 * n));
    const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 1, sampleFormat: 'int16' });
    await writer.write([samples], samples.length);
    await writer.finish();
  }
  let i = 0;
  for await (const result of analyseFiles(paths, { jobs: 2 })) {
    expect(result.path).toBe(paths[i]);
    if (i % 50 === 49) expect(result).toMatchObject({ error: { kind: 'unsupported' } });
    else {
      expect(result).toMatchObject({ tempo: { bpm: null }, key: { tonic: null }, loudness: { integratedLufs: null } });
      expect('warnings' in result && result.warnings.join(' ')).toMatch(
        /too short for tempo, key, structure and loudness/,
      );
    }
    i += 1;
  }
  expect(i).toBe(FILES);
});
