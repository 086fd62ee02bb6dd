import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExchangeError } from '../errors.ts';
import { DEEPEST_ELEMENT, LONGEST_TEXT, MOST_REMARKS } from '../limits.ts';
import { readRekordbox } from '../rekordbox/read-rekordbox.ts';
import { writeRekordbox } from '../rekordbox/write-rekordbox.ts';
import { anyCollection } from '../testing/any-collection.ts';
import { readNml } from '../traktor/read-nml.ts';
import { writeNml } from '../traktor/write-nml.ts';

const READERS = [
  ['rekordbox XML', 'DJ_PLAYLISTS', readRekordbox],
  ['Traktor NML', 'NML', (text: string) => readNml(text, 'Macintosh HD')],
] as const;

describe.each(READERS)('%s', (_, root, read) => {
  it.each([
    ['entities that expand', `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><${root}>&b;</${root}>`, 'corrupt'],
    ['an entity from outside', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><${root}/>`, 'corrupt'],
    ['an entity of HTML', `<${root}>&nbsp;</${root}>`, 'corrupt'],
    ['another root', '<html/>', 'unsupported'],
    ['an end too early', `<${root}><COLLECTION>`, 'corrupt'],
    ['the same attribute twice', `<${root} A="1" A="2"/>`, 'corrupt'],
    ['a zero', `<${root} A="\u0000"/>`, 'corrupt'],
    ['a zero by number', `<${root} A="&#0;"/>`, 'corrupt'],
    ['nothing', '', 'corrupt'],
    ['no XML', 'ID3\u0003\u0000', 'corrupt'],
    ['elements inside each other', `<${root}>${'<NODE>'.repeat(DEEPEST_ELEMENT)}`, 'limit'],
  ])('%s are refused', (_what, text, kind) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'ExchangeError', kind }));
  });

  it('of more characters than are read is refused', () => {
    expect(() => read(' '.repeat(LONGEST_TEXT + 1))).toThrow(expect.objectContaining({ kind: 'limit' }));
  });

  it('may begin with a byte order mark', () => {
    expect(read(`\ufeff<?xml version="1.0" encoding="UTF-8"?><${root}/>`).collection.tracks).toEqual([]);
  });

  it('full of faults is told by a bounded number of remarks', () => {
    const item = root === 'NML' ? '<ENTRY/>' : '<TRACK/>';
    const { remarks } = read(`<${root}><COLLECTION>${item.repeat(5000)}</COLLECTION></${root}>`);
    expect(remarks).toHaveLength(MOST_REMARKS);
    expect(remarks.at(-1)).toBe('and 4001 more remarks');
  });
});

it('damage anywhere gives a collection or an error of ours, never another one', () => {
  const uuidOf = () => '0'.repeat(32);
  const damage = fc.record({
    at: fc.nat(),
    remove: fc.nat(20),
    insert: fc.constantFrom('', '"', '<', '&', '>', '\u0000', '9e99', '-', '%'),
  });
  fc.assert(
    fc.property(anyCollection([4]), damage, (collection, { at, remove, insert }) => {
      const texts = [writeRekordbox(collection, '0'), writeNml(collection, { startVolume: 'M', uuidOf })];
      texts.forEach((text, i) => {
        const place = at % text.length;
        const damaged = text.slice(0, place) + insert + text.slice(place + remove);
        try {
          READERS[i]![2](damaged);
        } catch (error) {
          if (!(error instanceof ExchangeError)) throw error;
        }
      });
    }),
    { numRuns: 300 },
  );
});
