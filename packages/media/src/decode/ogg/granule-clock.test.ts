import { expect, it } from 'vitest';
import { GranuleClock } from './granule-clock.ts';

/** What of each page is heard: [silence before, from, to]. */
function run(preSkip: number, pages: [frames: number, granule: number, last?: 'last' | undefined, gap?: 'gap'][]) {
  const clock = new GranuleClock(48_000, preSkip);
  return pages.map(([frames, granule, last, gap]) => {
    const { silence, from, to } = clock.place(frames, { granule, last: last === 'last' }, gap === 'gap');
    return [silence, from, to];
  });
}

it('takes everything of a stream whose positions fit', () => {
  expect(
    run(0, [
      [1000, 1000],
      [1000, 2000, 'last'],
    ]),
  ).toEqual([
    [0, 0, 1000],
    [0, 0, 1000],
  ]);
});

it('leaves out the pre-skip, over several pages if need be', () => {
  expect(
    run(312, [
      [960, 960],
      [960, 1920, 'last'],
    ]),
  ).toEqual([
    [0, 312, 960],
    [0, 0, 960],
  ]);
  expect(
    run(1500, [
      [960, 960],
      [960, 1920, 'last'],
    ]),
  ).toEqual([
    [0, 960, 960],
    [0, 540, 960],
  ]);
});

it('cuts the last page at its position', () => {
  expect(
    run(0, [
      [1000, 1000],
      [1000, 1600, 'last'],
    ]),
  ).toEqual([
    [0, 0, 1000],
    [0, 0, 600],
  ]);
  expect(run(0, [[1000, 400, 'last']])).toEqual([[0, 0, 400]]);
  expect(run(312, [[960, 700, 'last']])).toEqual([[0, 312, 700]]);
});

it('cuts what lies before position 0', () => {
  expect(
    run(0, [
      [1000, 900],
      [1000, 1900, 'last'],
    ]),
  ).toEqual([
    [0, 100, 1000],
    [0, 0, 1000],
  ]);
});

it('takes a stream that begins late as it is', () => {
  expect(
    run(0, [
      [1000, 501_000],
      [1000, 501_600, 'last'],
    ]),
  ).toEqual([
    [0, 0, 1000],
    [0, 0, 600],
  ]);
});

it('bridges lost pages with silence of their length, unless the gap is absurd', () => {
  expect(
    run(0, [
      [1000, 1000],
      [1000, 5000, undefined, 'gap'],
      [1000, 6000, 'last'],
    ]),
  ).toEqual([
    [0, 0, 1000],
    [3000, 0, 1000],
    [0, 0, 1000],
  ]);
  expect(
    run(0, [
      [1000, 1000],
      [1000, 1e9, undefined, 'gap'],
    ])[1],
  ).toEqual([0, 0, 1000]);
});

it('waits with a page on which no packet ends', () => {
  expect(
    run(0, [
      [1000, -1],
      [1000, 1900],
    ]),
  ).toEqual([
    [0, 0, 1000],
    [0, 100, 1000],
  ]);
});
