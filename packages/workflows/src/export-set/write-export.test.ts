import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analysisLine } from '../testing/small-set.ts';
import { readAnalyses } from './read-analyses.ts';
import { checkExport, writeExport } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);

const prepared = (path: string) => ({ format: 'm3u8' as const, path, text: 'new', remarks: [] });

describe('writing an export', () => {
  it('makes the folder, and all files or none', async () => {
    const target = inFolder('a/b');
    await writeExport([prepared(join(target, '1')), prepared(join(target, '2'))], target);
    expect(readdirSync(target).sort()).toEqual(['1', '2']);
    // The second cannot be written: there is no such folder.
    const half = writeExport([prepared(join(target, '3')), prepared(join(target, 'none/4'))], target);
    await expect(half).rejects.toThrow(/none.4 cannot be written/);
    expect(readdirSync(target).sort()).toEqual(['1', '2']);
  });

  it('is refused before the work when something is in the way', async () => {
    const options = { formats: ['m3u8', 'cue'] as const, folder: inFolder('c'), name: 'set', mix: null };
    await checkExport(options, false);
    expect(existsSync(inFolder('c'))).toBe(false);
    mkdirSync(inFolder('c'));
    writeFileSync(inFolder('c/set.cue'), 'old');
    await expect(checkExport(options, false)).rejects.toThrow(/set\.cue is there already: --force/);
    await checkExport(options, true);
    mkdirSync(inFolder('c/set.m3u8'));
    await expect(checkExport(options, true)).rejects.toThrow(/set\.m3u8 is a folder/);
    await expect(checkExport({ ...options, folder: inFolder('c/set.cue') }, true)).rejects.toThrow(
      /is a file, not a folder/,
    );
    await expect(checkExport({ ...options, formats: [], mix: inFolder('no.wav') }, true)).rejects.toThrow(
      /no such mix/,
    );
    expect(readFileSync(inFolder('c/set.cue'), 'utf8')).toBe('old');
  });
});

describe('analyses from a file of lines', () => {
  const [a, b, c] = ['/a.mp3', '/b.mp3', '/c.mp3'].map(analysisLine);

  it('are those whose sound is wanted, wherever their files were', async () => {
    const failed = { schema: 'tutti.analysis/1', path: '/d.mp3', error: { kind: 'empty', message: 'it is' } };
    const lines = [a, failed, b, { ...a!, path: '/moved.mp3' }, { audioHash: 'not wanted, not read' }];
    writeFileSync(inFolder('a.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n\n')}\n`);
    const found = await readAnalyses(inFolder('a.jsonl'), new Set([a!.audioHash, c!.audioHash]));
    expect(found.map(({ path }) => path)).toEqual(['/moved.mp3']);
  });

  it.each([
    ['absent', undefined, /no such file of analyses/],
    ['cut', `${JSON.stringify(a)}\n${JSON.stringify(b).slice(0, 100)}`, /line 2 is no analysis/],
    ['wrong', JSON.stringify({ ...a!, tempo: 5 }), /line 1 is no analysis/],
  ])('that are %s are refused', async (name, text, reason) => {
    if (text !== undefined) writeFileSync(inFolder(name), text);
    await expect(readAnalyses(inFolder(name), new Set([a!.audioHash]))).rejects.toThrow(reason);
  });
});
