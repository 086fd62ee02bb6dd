import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudioWriter } from '@tutti/media';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnalysisResult, analyseFiles } from './analyse-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-tiny-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = 200;

async function writeTone(name: string, frames: number): Promise<string> {
  const path = join(folder, name);
  const samples = Float32Array.from({ length: frames }, (_, n) => 0.3 * Math.sin(0.05 * n));
  const writer = await createAudioWriter(path, { sampleRate: 44_100, channels: 1, sampleFormat: 'int16' });
  await writer.write([samples], samples.length);
  await writer.finish();
  return path;
}

/** All results, in order. */
async function resultsOf(...args: Parameters<typeof analyseFiles>) {
  const results: AnalysisResult[] = [];
  for await (const result of analyseFiles(...args)) results.push(result);
  return results;
}

it('hundreds of tiny files come back in order, each with what it lacks, the unreadable ones with their fault', async () => {
  const paths: string[] = [];
  for (let i = 0; i < FILES; i++) {
    const path = join(folder, `${i}.wav`);
    paths.push(path);
    if (i % 50 === 49) {
      writeFileSync(path, 'no sound at all');
      continue;
    }
    await writeTone(`${i}.wav`, 100 + 20 * i);
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

describe('a single file on the calling thread', () => {
  it('gives what a thread of its own gives, also when it cannot be read', async () => {
    const tone = await writeTone('tone.wav', 200_000);
    for (const path of [tone, join(folder, 'absent.wav')]) {
      expect(await resultsOf([path], { oneHere: true })).toEqual(await resultsOf([path]));
    }
  });

  it('stops when it is told to, before it begins and in the middle', async () => {
    const path = await writeTone('long.wav', 20_000_000);
    const before = AbortSignal.abort();
    await expect(resultsOf([path], { oneHere: true, signal: before })).rejects.toThrow(/aborted/);
    const abort = new AbortController();
    const peaksFolder = join(folder, 'peaks');
    const results = resultsOf([path], { oneHere: true, signal: abort.signal, peaksFolder });
    setTimeout(() => abort.abort(), 50);
    await expect(results).rejects.toThrow(/aborted/);
    // Written when a file has been heard to its end.
    expect(readdirSync(peaksFolder)).toEqual([]);
  });
});
