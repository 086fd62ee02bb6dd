import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { type FilterFacts, matchesFilter } from './matches-filter.ts';
import { parseFilter } from './parse-filter.ts';

const track: FilterFacts = {
  texts: {
    title: ["Don't Stop 'Til You Get Enough"],
    artist: ['Björk', 'Sigur Rós'],
    album: ['Straße'],
    genre: ['Deep House', 'Electro-Pop'],
    comment: [''],
  },
  numbers: { bpm: 127.98, energy: 6, loudness: -8.2, length: 225, year: null },
  key: '8A',
  dates: { added: { day: '2026-05-31', daysAgo: 12.5 }, played: null },
};

const found = (filter: string, facts = track) => matchesFilter(parseFilter(filter), facts);

describe('matchesFilter', () => {
  it.each([
    '',
    'bpm:128',
    'bpm:120-128',
    'energy:6',
    'energy>=6 energy<=6',
    'length:3:45',
    'key:Am',
    'key:~9A',
    'genre:house',
    'genre:"deep house"',
    'genre="deep house"',
    'genre:electropop,electro',
    'bjork',
    'sigur ros',
    'STRASSE',
    'dont sto',
    '"you get enough"',
    'added:<2w',
    'added:>12d',
    'added:2026',
    'year:none',
    'comment:none',
    'played:none',
    'genre:any',
    '-year:1999',
    'techno OR house',
  ])('finds it by %s', (filter) => {
    expect(found(filter)).toBe(true);
  });

  it.each([
    'bpm:127',
    'bpm<127.98',
    'energy>6',
    'energy<6',
    'key:8B',
    'genre=house',
    'genre:ouse',
    '"deep hou"',
    'year:1999',
    'year>=1000',
    'added:<12d',
    'added<2026-05-31',
    'played:<30d',
    'played:any',
    '-house',
    'techno house',
  ])('does not find it by %s', (filter) => {
    expect(found(filter)).toBe(false);
  });

  it('NOT, OR and lists are what they are in logic', () => {
    const terms = fc.constantFrom('bpm:128', 'energy>6', 'key:8A', 'genre:rock', 'house', 'year:none');
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        expect(found(`NOT ${a}`)).toBe(!found(a));
        expect(found(`${a} ${b}`)).toBe(found(a) && found(b));
        expect(found(`${a} OR ${b}`)).toBe(found(a) || found(b));
        expect(found(`-(${a} OR ${b})`)).toBe(found(`-${a} -${b}`));
      }),
    );
  });

  it('a folded text is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
