import { describe, expect, it } from 'vitest';
import { answerOf } from './answers.ts';
import type { Truth } from './corpus.ts';
import { EVERYTHING, judgeFile, suppliedBy } from './judge-file.ts';

const truth: Truth = {
  bpms: [100],
  beats: [4, 4.6, 5.2, 5.8, 6.4, 7],
  downbeats: [4, 6.4, 8.8],
  key: { tonic: 'C', mode: 'major' },
  sections: [
    { start: 0, end: 10 },
    { start: 10, end: 30 },
  ],
  loudness: { integratedLufs: -14, truePeakDb: -1 },
};

describe('judgeFile', () => {
  it('gives every metric that the truth allows, beats from 5 s on', () => {
    const answer = answerOf({
      tempo: { bpm: 50.6, beats: [4.6, 5.8, 7], downbeats: [6.41] },
      key: { tonic: 'A', mode: 'minor' },
      structure: { sections: [{ start: 0, end: 11 }] },
      loudness: { integratedLufs: -14.5, truePeakDb: null, rangeLu: 6 },
    });
    const scores = judgeFile(truth, answer, EVERYTHING);
    expect(scores).toMatchObject({ acc1: 0, acc2: 1, acc1Within1: 0 });
    // True beats 5.2 5.8 6.4 7, heard 5.8 7: precision 1, recall 1/2. Half tempo, odd: right at another level.
    expect(scores.beatF).toBeCloseTo(2 / 3, 12);
    expect(scores).toMatchObject({ cmlT: 0, amlT: 1 });
    // True downbeats 6.4 8.8.
    expect(scores.downbeatF).toBeCloseTo(2 / 3, 12);
    expect(scores).toMatchObject({ keyWeighted: 0.3, keyExact: 0, keyBothFifths: 0.3 });
    // True 0 10 30, heard 0 11 30.
    expect(scores.boundary05).toBeCloseTo(2 / 3, 12);
    expect(scores).toMatchObject({ boundary3: 1, boundary05Trim: 0, boundary3Trim: 1 });
    expect(scores.loudnessError).toBe(0.5);
    expect(scores).not.toHaveProperty('truePeakError');
    expect(scores).not.toHaveProperty('rangeError');
  });

  it('grants a fifth below in one of the weighted key scores', () => {
    const answer = answerOf({ key: 'F' });
    expect(judgeFile(truth, answer, EVERYTHING)).toMatchObject({ keyWeighted: 0, keyBothFifths: 0.5 });
  });

  it('counts as wrong what is missing, failed or null', () => {
    const wrong = { acc1: 0, beatF: 0, cmlT: 0, amlT: 0, downbeatF: 0, keyWeighted: 0, boundary05: 0 };
    const nothing = [
      undefined,
      answerOf({ error: { kind: 'corrupt' } }),
      answerOf({ tempo: { bpm: null }, key: null }),
    ];
    for (const answer of nothing) expect(judgeFile(truth, answer, EVERYTHING)).toMatchObject(wrong);
  });

  it('measures nothing that the program never answers', () => {
    const answer = answerOf({ key: { tonic: 'C', mode: 'major' } });
    expect(judgeFile(truth, answer, suppliedBy([answer]))).toEqual({ keyWeighted: 1, keyExact: 1, keyBothFifths: 1 });
  });

  it('wants no tempo where there is none', () => {
    const noise: Truth = { bpms: [] };
    const judged = (line: unknown) => judgeFile(noise, answerOf(line), EVERYTHING);
    expect(judged({ tempo: { bpm: null } })).toEqual({ noTempo: 1 });
    expect(judged({ tempo: { bpm: 0 } })).toEqual({ noTempo: 1 });
    expect(judged({ tempo: { bpm: 120 } })).toEqual({ noTempo: 0 });
    expect(judged({ error: 'cannot be read' })).toEqual({ noTempo: 0 });
    expect(judgeFile(noise, undefined, EVERYTHING)).toEqual({ noTempo: 0 });
  });

  it('measures nothing where nothing is known', () => {
    expect(judgeFile({}, answerOf({ tempo: { bpm: 120 } }), EVERYTHING)).toEqual({});
  });
});
