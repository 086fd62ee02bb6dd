import { describe, expect, it } from 'vitest';
import { answerOf } from './answers.ts';
import type { CorpusFile } from './corpus.ts';
import { evaluate } from './evaluate.ts';
import { faultsOf } from './faults.ts';
import { EVERYTHING, judgeFile } from './judge-file.ts';
import { figuresTable, withFigures } from './readme-figures.ts';

const corpus: CorpusFile[] = ['a', 'b'].map((id) => ({ id, path: id, kind: 'rock', truth: { bpms: [100] } }));
const answer = (bpm: number) => answerOf({ tempo: { bpm, confidence: 0.8 } });
const program = (name: string, first: number, second: number) =>
  evaluate(
    name,
    corpus,
    new Map([
      ['a', answer(first)],
      ['b', answer(second)],
    ]),
  );

describe('figuresTable', () => {
  it('puts the best of the peers beside each figure', () => {
    const text = figuresTable(
      [program('tutti', 100, 200), program('worse', 200, 200), program('better', 100, 100)],
      '2026-11-21',
      'analyser 1',
    );
    expect(text).toContain('| Acc1: tempo within 4 % | 2 | 50.0 % | 0.0 to 100.0 | 100.0 (better) |');
    expect(text).toContain('Measured 2026-11-21 on 2 files, analyser 1.');
  });
});

describe('withFigures', () => {
  const document =
    'before\n<!-- accuracy: written by npm run accuracy -- --write-readme -->\nold\n<!-- accuracy: end -->\nafter\n';

  it('replaces what is between the marks, and only that, however often', () => {
    const once = withFigures(document, 'new');
    expect(once).toBe(document.replace('old', 'new'));
    expect(withFigures(once, 'new')).toBe(once);
  });

  it('refuses a document without a place for them', () => {
    expect(() => withFigures('nothing', 'new')).toThrow(/no place for figures/);
  });
});

describe('faultsOf', () => {
  it('says in words what is wrong', () => {
    const truth = { bpms: [100], beats: [6, 7, 8, 9], key: { tonic: 'C', mode: 'major' } } as const;
    const faults = (line: unknown) => {
      const given = answerOf(line);
      return faultsOf(truth, given, judgeFile(truth, given, EVERYTHING));
    };
    expect(faults({ tempo: { bpm: 200, beats: [6, 7, 8, 9] }, key: 'Cm' })).toEqual(['tempo times 2', 'key parallel']);
    expect(faults({ tempo: { bpm: 100, beats: [6, 7.5] }, key: 'C' })).toEqual(['beats 33 %']);
    expect(faults({ tempo: { bpm: 115, beats: [6, 7, 8, 9] } })).toEqual(['another tempo', 'no key']);
    expect(faults({ error: 'broken' })).toEqual(['failed']);
    expect(faultsOf(truth, undefined, {})).toEqual(['no answer']);
  });
});
