import { describe, expect, it } from 'vitest';
import { answerOf } from './answers.ts';
import { compare } from './compare.ts';
import type { CorpusFile } from './corpus.ts';
import { evaluate } from './evaluate.ts';

const file = (id: string, kind: string, bpm: number | null): CorpusFile => ({
  id,
  path: `${id}.wav`,
  kind,
  truth: { bpms: bpm === null ? [] : [bpm], key: { tonic: 'A', mode: 'minor' } },
});
const corpus = [file('a', 'rock', 100), file('b', 'rock', 120), file('c', 'noise', null), file('d', 'jazz', 90)];
const answer = (bpm: number | null, confidence: number, key: string | null) =>
  answerOf({ tempo: { bpm, confidence }, key, cpuSeconds: 0.5, audioSeconds: 60 });

const now = evaluate(
  'now',
  corpus,
  new Map([
    ['a', answer(100.5, 0.95, 'Am')],
    ['b', answer(60, 0.25, 'Em')],
    ['c', answer(77, 0.15, null)],
  ]),
);
const before = evaluate('before', corpus, new Map([['a', answer(50, 0.5, 'Dm')]]));

describe('evaluate', () => {
  it('means over all files with truth, the missing one as wrong', () => {
    expect(now).toMatchObject({ files: 4, missing: 1, failed: 0 });
    expect(now.scores.acc1).toMatchObject({ count: 3, value: 1 / 3 });
    expect(now.scores.acc2).toMatchObject({ count: 3, value: 2 / 3 });
    expect(now.scores.noTempo).toMatchObject({ count: 1, value: 0, interval: null });
    expect(now.scores.keyWeighted?.value).toBeCloseTo((1 + 0.5) / 4, 12);
    expect(now.scores).not.toHaveProperty('beatF');
  });

  it('keeps the kinds apart', () => {
    expect(now.kinds.map(({ kind, files }) => [kind, files])).toEqual([
      ['jazz', 1],
      ['noise', 1],
      ['rock', 2],
    ]);
    expect(now.kinds[2]!.scores.acc1?.value).toBe(0.5);
  });

  it('counts what was taken for what', () => {
    expect(now.tempoRatios).toEqual([
      { name: '1', count: 1 },
      { name: '1/2', count: 1 },
      { name: 'none', count: 1 },
    ]);
    expect(now.keyRelations).toContainEqual({ name: 'none', count: 2 });
    expect(now.tempoError).toBeCloseTo(0.005, 12);
  });

  it('holds confidence against what is right; a tempo for noise is wrong', () => {
    // 0.95 right, 0.25 wrong, 0.15 wrong: (0.05 + 0.25 + 0.15) / 3.
    expect(now.calibration).toMatchObject({ count: 3, area: 1 });
    expect(now.calibration?.error).toBeCloseTo(0.15, 12);
  });

  it('says how fast it was', () => {
    expect(now.realTimeFactor).toBe(120);
  });
});

describe('compare', () => {
  it('counts pairs of files that got better and worse', () => {
    const tempo = compare(now, before).find(({ metric }) => metric === 'acc1');
    expect(tempo).toMatchObject({ count: 3, better: 1, worse: 0 });
    expect(tempo?.difference).toBeCloseTo(1 / 3, 12);
    expect(compare(before, now).find(({ metric }) => metric === 'acc1')).toMatchObject({ better: 0, worse: 1 });
  });

  it('knows that a smaller error is better', () => {
    const loud: CorpusFile[] = [{ ...corpus[0]!, truth: { loudness: { integratedLufs: -14 } } }];
    const measured = (lufs: number) =>
      evaluate('x', loud, new Map([['a', answerOf({ loudness: { integratedLufs: lufs } })]]));
    expect(compare(measured(-14.1), measured(-15))).toMatchObject([{ metric: 'loudnessError', better: 1, worse: 0 }]);
  });
});
