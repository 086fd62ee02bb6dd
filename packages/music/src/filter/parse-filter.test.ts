import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FilterError, pointedAt } from './filter-error.ts';
import { lexFilter } from './lex-filter.ts';
import { parseFilter } from './parse-filter.ts';

const words = (text: string, phrase = false) => ({ kind: 'words', words: text, phrase });
const range = (field: string, from: number | null, to: number | null, without = 'none') => ({
  ...{ kind: 'range', field, from, to, without },
});
const text = (field: string, value: string, exact = false) => ({ kind: 'text', field, text: value, exact });
const keys = (...camelot: string[]) => ({ kind: 'keys', camelot });

function refusal(filter: string): FilterError {
  try {
    parseFilter(filter);
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`${filter} was read`);
}

describe('parseFilter', () => {
  it('reads what its own description shows', () => {
    expect(parseFilter('bpm:120-128 key:8A..9A genre:house added:<30d energy>=6 "free text"')).toEqual({
      kind: 'all',
      of: [
        range('bpm', 120, 128),
        keys('8A', '9A'),
        text('genre', 'house'),
        { kind: 'age', field: 'added', days: 30, older: false },
        range('energy', 6, null),
        words('free text', true),
      ],
    });
  });

  it.each([
    ['', { kind: 'all', of: [] }],
    ['  - , AND', { kind: 'all', of: [] }],
    ['bpm:128', range('bpm', 127.5, 128.5)],
    ['tempo>128', range('bpm', 128, null, 'from')],
    ['BPM <= 100', range('bpm', null, 100)],
    ['bpm:..100', range('bpm', null, 100)],
    ['loudness:-14..-8', range('loudness', -14, -8)],
    ['loudness:-14--8', range('loudness', -14, -8)],
    ['loudness<-9.5', range('loudness', null, -9.5, 'to')],
    ['length:3:30..5:00', range('length', 210, 300)],
    ['length>1:02:03', range('length', 3723, null, 'from')],
    ['year:1990s', range('year', 1990, 1999)],
    ['rating:5', range('rating', 5, 5)],
    ['key:Am', keys('8A')],
    ['key:11A..2A', keys('11A', '12A', '1A', '2A')],
    ['key:~8A', keys('8A', '7A', '9A', '8B')],
    ['key:F#m', keys('11A')],
    ['key:8A,8B', { kind: 'any', of: [keys('8A'), keys('8B')] }],
    ['artist="Nina Simone"', text('artist', 'Nina Simone', true)],
    ['genre:none', { kind: 'known', field: 'genre', known: false }],
    ['genre:"none"', text('genre', 'none')],
    ['added:2026-02', { kind: 'date', field: 'added', from: '2026-02-01', to: '2026-02-28' }],
    ['added>=2024-02-29', { kind: 'date', field: 'added', from: '2024-02-29', to: null }],
    ['added>2023', { kind: 'date', field: 'added', from: '2024-01-01', to: null }],
    ['added<2024-03-01', { kind: 'date', field: 'added', from: null, to: '2024-02-29' }],
    ['played:2025-11..2026-01', { kind: 'date', field: 'played', from: '2025-11-01', to: '2026-01-31' }],
    ['played:>2w', { kind: 'age', field: 'played', days: 14, older: true }],
    ['-genre:rock', { kind: 'not', of: text('genre', 'rock') }],
    ['NOT "live"', { kind: 'not', of: words('live', true) }],
    ['Daft Punk - One', { kind: 'all', of: [words('Daft'), words('Punk'), words('One')] }],
    ['Earth, Wind', { kind: 'all', of: [words('Earth'), words('Wind')] }],
    ['drum-bass', words('drum-bass')],
    ['a OR b c', { kind: 'any', of: [words('a'), { kind: 'all', of: [words('b'), words('c')] }] }],
    [
      '(a OR b) -c',
      {
        kind: 'all',
        of: [
          { kind: 'any', of: [words('a'), words('b')] },
          { kind: 'not', of: words('c') },
        ],
      },
    ],
    ['"say \\"hi\\""', words('say "hi"', true)],
  ])('reads %s', (filter, tree) => {
    expect(parseFilter(filter)).toEqual(tree);
  });

  it.each([
    ['bmp:120', 0, 3, /no field "bmp"; there are title, artist/],
    ['house bpm:fast', 10, 4, /"fast" is no number; bpm is written bpm:128/],
    ['bpm:0', 4, 1, /between 1 and 1000/],
    ['bpm:130-120', 4, 7, /ends before it begins/],
    ['bpm:', 4, 0, /needs a value/],
    ['bpm>120-130', 4, 7, /range goes with ":"/],
    ['bpm:..', 4, 2, /before or after/],
    ['bpm>120,130', 7, 1, /list goes with ":"/],
    ['key:H', 4, 1, /"H" is no key; a key is written 8A/],
    ['key:8A..9B', 4, 6, /one ring: 8A\.\.9A/],
    ['key>8A', 4, 2, /key goes with/],
    ['added:2026-13', 6, 7, /no date/],
    ['added:2026-02-30', 6, 10, /no date/],
    ['added:<200y', 7, 4, /100 years/],
    ['genre>3', 6, 1, /is text/],
    ['year:any..3', 5, 6, /no number/],
    ['(house', 0, 1, /not closed/],
    ['house)', 5, 1, /closes nothing/],
    ['()', 0, 1, /nothing between/],
    ['OR house', 0, 2, /before it/],
    ['house OR', 6, 2, /after it/],
    ['house NOT', 6, 3, /after it/],
    ['"house', 0, 1, /not closed/],
    ['>120', 0, 1, /needs a field before it/],
    ['x'.repeat(2001), 2000, 1, /at most 2000/],
    ['a '.repeat(201), 400, 1, /at most 200 terms/],
    ['('.repeat(21), 20, 1, /20 levels/],
  ])('says where %j is wrong', (filter, at, length, message) => {
    expect(refusal(filter)).toMatchObject({ at, length, message: expect.stringMatching(message) });
  });

  it('points at the place below the text', () => {
    expect(pointedAt('house bpm:fast', refusal('house bpm:fast'))).toBe('house bpm:fast\n          ^^^^');
  });

  it('reads or refuses any text, with a place that is in it', () => {
    const fragments = fc.constantFrom(
      'bpm',
      'key',
      ':',
      '>=',
      '..',
      '"',
      '(',
      ')',
      ',',
      '-',
      'OR',
      'NOT',
      ' ',
      '8A',
      '12',
      'é',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(fragments, { maxLength: 15 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (filter) => {
        try {
          parseFilter(filter);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError);
          const { at, length } = error as FilterError;
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + length).toBeLessThanOrEqual(filter.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('cuts a text into tokens that together are the text but for its spaces', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }).filter((text) => !text.includes('"')),
        (text) => {
          const tokens = lexFilter(text);
          const kept = tokens.map(({ at, length }) => text.slice(at, at + length)).join('');
          expect(kept).toBe(text.replace(/\s+/g, ''));
        },
      ),
    );
  });
});
