import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseWords, nearWords, withMeantWords } from './near-words.ts';
import { parseFilter } from './parse-filter.ts';

const known = ['bjork', 'bjorn', 'house', 'housemates', 'moderat', 'moderator', 'mo', 'trentemoller', '東京事変'];

describe('nearWords', () => {
  it.each([
    ['bjrok', ['bjork']],
    ['bjokr', ['bjork', 'bjorn']],
    ['bjro', ['bjork', 'bjorn']],
    ['huose', ['house', 'housemates']],
    ['moderta', ['moderat', 'moderator']],
    ['trentemoeller', ['trentemoller']],
    ['trente', ['trentemoller']],
    ['xy', []],
    ['zzzz', []],
  ])('takes %s for %j', (typed, meant) => {
    expect(nearWords(typed, known)).toEqual(meant);
  });

  it('finds a word behind any one mistake', () => {
    const words = fc.string({ unit: fc.constantFrom(...'abcdefg'), minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(words, fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'change'), (word, place, mistake) => {
        const at = place % (word.length - 1);
        const typed = {
          drop: word.slice(0, at) + word.slice(at + 1),
          double: word.slice(0, at) + word[at]! + word.slice(at),
          swap: word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
          change: `${word.slice(0, at)}z${word.slice(at + 1)}`,
        }[mistake];
        fc.pre(typed.length > 2);
        expect(nearWords(typed, [word])).toEqual([word]);
      }),
    );
  });
});

describe('withMeantWords', () => {
  it('takes loose words for others, and leaves the rest as it was', () => {
    const filter = parseFilter('huose -bjrok "huose" genre:huose bpm:120');
    expect(looseWords(filter)).toEqual(['huose', 'bjrok']);
    expect(withMeantWords(filter, new Map([['huose', ['house', 'mouse']]]))).toEqual(
      parseFilter('(house OR mouse) -bjrok "huose" genre:huose bpm:120'),
    );
  });
});
