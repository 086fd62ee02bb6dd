import { describe, expect, it } from 'vitest';
import { placeOf, secondsOf, wordsOf } from './words.ts';

describe('the words of a line', () => {
  it.each([
    ['move 1 2', ['move', '1', '2']],
    ['  add   "a song.wav"  3 ', ['add', 'a song.wav', '3']],
    ["add 'it''s' x", ['add', 'its', 'x']],
    ['add "say \\"yes\\"".wav', ['add', 'say "yes".wav']],
    ['add a\\ b', ['add', 'a b']],
    ['save ""', ['save', '']],
    ['', []],
    ['   ', []],
  ])('%s', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  it('must not leave a quote open', () => {
    expect(() => wordsOf('add "a song')).toThrow('the quote " is not closed');
  });
});

describe('a place', () => {
  it('is counted from 1', () => {
    expect([placeOf('1', 3, 'track'), placeOf('3', 3, 'track')]).toEqual([0, 2]);
  });

  it.each(['0', '4', '-1', '1.5', 'x', '', '1e0', ' 1'])('"%s" is none of three', (word) => {
    expect(() => placeOf(word, 3, 'track')).toThrow(/there is no track .*; there are 1 to 3/);
  });

  it('must be named, and be there at all', () => {
    expect(() => placeOf(undefined, 3, 'track')).toThrow('which track?');
    expect(() => placeOf('1', 0, 'transition')).toThrow('there is no transition');
  });
});

describe('a moment', () => {
  it.each([
    ['187.5', 187.5],
    ['3:07.5', 187.5],
    ['0', 0],
    ['75:00', 4500],
  ])('%s', (word, seconds) => {
    expect(secondsOf(word)).toBe(seconds);
  });

  it.each(['', '3:', ':30', '-1', '1:2:3', 'later', '1e3'])('"%s" is none', (word) => {
    expect(() => secondsOf(word)).toThrow(/is no moment of a track/);
  });
});
