import { expect, it } from 'vitest';
import { pairScore } from './pair-score.ts';

const files = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
const isSame = (a: string, b: string) => a[0] === b[0];

it('is whole where all pairs are found and no others', () => {
  const score = pairScore(
    [
      ['a1', 'a3', 'a2'],
      ['b1', 'b2'],
    ],
    files,
    isSame,
  );
  expect(score).toMatchObject({ precision: 1, recall: 1, found: 4, right: 4, wrong: [], missed: [] });
});

it('counts what is wrong and what is missing', () => {
  const score = pairScore([['a1', 'a2', 'c1']], files, isSame);
  expect(score).toMatchObject({ precision: 1 / 3, recall: 1 / 4, found: 3, right: 4 });
  expect(score.wrong).toEqual([
    ['a1', 'c1'],
    ['a2', 'c1'],
  ]);
  expect(score.missed).toEqual([
    ['a1', 'a3'],
    ['a2', 'a3'],
    ['b1', 'b2'],
  ]);
});

it('is whole where there is nothing to find', () => {
  expect(pairScore([], ['a', 'b'], () => false)).toMatchObject({ precision: 1, recall: 1 });
});
