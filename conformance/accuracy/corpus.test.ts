import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisLineSchema } from '@tutti/contract';
import { createAudioWriter } from '@tutti/media';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseCorpus, type HeardFile } from './analyse-corpus.ts';
import { readAnswers } from './answers.ts';
import { readCorpus } from './corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));

mkdirSync(join(folder, 'truth'));
write('truth/song.json', { bpm: 99, beats: [2, 1], downbeats: [1], sections: [{ start: 0, end: 3, label: 'A' }] });
write('manifest.json', [
  {
    id: 'x/song',
    path: 'audio/song.ogg',
    kind: 'rock',
    seconds: 3,
    truth: { bpm: 100, bpmAlternatives: [50], key: 'Db major', downbeats: true, truthPath: 'truth/song.json' },
  },
  { id: 'x/hiss', path: 'audio/hiss.ogg', kind: 'noise', truth: { bpm: null } },
  { id: 'x/unknown', path: 'audio/unknown.ogg', truth: { genre: 'polka' } },
]);

describe('readCorpus', () => {
  it('puts manifest and truth together; the manifest wins, its marks do not', () => {
    const [song, hiss, unknown] = readCorpus(folder);
    expect(song).toEqual({
      id: 'x/song',
      path: 'audio/song.ogg',
      kind: 'rock',
      truth: {
        bpms: [100, 50],
        beats: [1, 2],
        downbeats: [1],
        key: { tonic: 'C#', mode: 'major' },
        sections: [{ start: 0, end: 3, label: 'A' }],
      },
    });
    expect(hiss!.truth).toEqual({ bpms: [] });
    expect(unknown).toMatchObject({ kind: 'other', truth: {} });
  });
});

describe('readAnswers', () => {
  it('finds a line by id, by path, or by the name at its end', () => {
    const path = join(folder, 'results.jsonl');
    const lines = [
      { id: 'x/song', tempo: { bpm: 1 } },
      { path: '/elsewhere/song.ogg', tempo: { bpm: 2 } },
      { path: '/elsewhere/hiss.ogg', tempo: { bpm: 3 } },
    ];
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const answers = readAnswers(path, readCorpus(folder));
    expect([...answers].map(([id, { bpm }]) => [id, bpm])).toEqual([
      ['x/song', 1],
      ['x/hiss', 3],
    ]);
  });

  it('names the line that is no result', () => {
    const path = join(folder, 'broken.jsonl');
    writeFileSync(path, '{"path":"a"}\n\n{"path":');
    expect(() => readAnswers(path, [])).toThrow(/broken\.jsonl, line 3/);
  });
});

describe('analyseCorpus', () => {
  it('gives lines of the contract with the paths of the manifest, and the failures', async () => {
    mkdirSync(join(folder, 'audio'));
    const writer = await createAudioWriter(join(folder, 'hiss.wav'), { sampleRate: 8000, channels: 1 });
    await writer.write([new Float32Array(4 * 8000)], 4 * 8000);
    await writer.finish();
    renameSync(join(folder, 'hiss.wav'), join(folder, 'audio/hiss.ogg'));
    const heard: HeardFile['heard'][] = [];
    for await (const file of analyseCorpus(folder, readCorpus(folder).slice(0, 2))) heard.push(file.heard);
    expect(heard[0]!.line).toMatchObject({ path: 'audio/song.ogg', error: { kind: 'missing' } });
    expect(analysisLineSchema.parse(heard[1]!.line).path).toBe('audio/hiss.ogg');
  });
});
