import { describe, expect, it } from 'vitest';
import { SONG_FIGURE_NAMES, type SongFigures, type SongResult } from './figures.ts';
import { pairings, pairingTable, peakTable, songTable, toneTable } from './tables.ts';

const figures = (value: number) => Object.fromEntries(SONG_FIGURE_NAMES.map((name) => [name, value])) as SongFigures;
const result = (program: string, song: string, value: number): SongResult => ({
  ...{ program, song, targetLufs: -9, way: program === 'other' ? 'linear' : null },
  figures: { ...figures(value), loudnessErrorLu: 0.01 * value },
});
const results = [
  ...[result('ours', 'a', 1), result('ours', 'b', 3), result('ours', 'c', 3)],
  ...[result('other', 'a', 2), result('other', 'b', 5), result('third', 'a', 1)],
];

describe('pairings', () => {
  it('compares song by song, and only what both made', () => {
    const [toOther, toThird] = pairings(results, 'ours').filter(({ figure }) => figure === 'peakLossDb');
    expect(toOther).toMatchObject({ other: 'other', songs: 2, difference: -1.5, better: 2, worse: 0 });
    expect(toThird).toMatchObject({ other: 'third', songs: 1, difference: 0, interval: null, better: 0, worse: 0 });
    expect(pairings(results, 'other')[1]).toMatchObject({
      other: 'third',
      songs: 1,
      difference: expect.closeTo(0.01, 9),
    });
  });

  it('leaves out masters that are not as loud as ordered, but for what is said of loudness and peak', () => {
    const missed = { ...result('ours', 'a', 1), figures: { ...figures(1), loudnessErrorLu: 0.6 } };
    const found = pairings([missed, result('other', 'a', 2)], 'ours').map(({ figure }) => figure);
    expect(found).toEqual(['loudnessErrorLu', 'peakOverDb']);
  });
});

describe('the tables', () => {
  it('give medians, counts and ways', () => {
    const table = songTable(results);
    expect(table).toContain('| loss of attack peaks, dB | 3.00 | 3.50 | 1.00 |');
    expect(table).toContain('| songs within 0.5 LU of the target | 3 of 3 | 2 of 2 | 1 of 1 |');
    expect(table).toContain('| way |  | linear 2 |  |');
    expect(pairingTable(results, 'ours')).toContain(
      '| loss of attack peaks, dB | other | -1.50 | -2.00 to -1.00 | 2 | 0 | 2 |',
    );
  });

  it('show all three meters', () => {
    const peaks = [{ signal: 'a step', program: 'ours', fineDb: -0.05, standardDb: -0.2, ffmpegDb: 0.1 }];
    expect(peakTable(peaks)).toContain('| a step | 0.1 / -0.20 / -0.05 |');
  });

  it('show harmonics and the rest of a sine, and one figure of two tones', () => {
    const table = toneTable([
      { tone: 'sine', driveDb: 3, program: 'ours', distortionDb: -60, residualDb: -50 },
      { tone: 'two', driveDb: 3, program: 'ours', distortionDb: -40, residualDb: null },
    ]);
    expect(table.split('\n').slice(2)).toEqual([
      '| sine, 3 dB over: harmonics | -60.0 |',
      '| sine, 3 dB over: all but the tone | -50.0 |',
      '| two, 3 dB over | -40.0 |',
    ]);
  });
});
