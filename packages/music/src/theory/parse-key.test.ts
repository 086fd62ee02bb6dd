import { describe, expect, it } from 'vitest';
import { ALL_KEYS, camelotOf, openKeyOf } from './key.ts';
import { parseKey } from './parse-key.ts';

describe('parseKey', () => {
  it.each(ALL_KEYS)('reads every notation of $tonic $mode', (key) => {
    const { tonic, mode } = key;
    const short = mode === 'minor' ? `${tonic}m` : tonic;
    for (const text of [`${tonic} ${mode}`, short, `${tonic}${mode.slice(0, 3)}`, camelotOf(key), openKeyOf(key)]) {
      expect(parseKey(text), text).toEqual(key);
    }
    expect(parseKey(`  0${camelotOf(key)}  `)).toEqual(camelotOf(key).length === 2 ? key : undefined);
  });

  it.each([
    ['Dbmaj', 'C#', 'major'],
    ['e moll', 'E', 'minor'],
    ['A♯m', 'Bb', 'minor'],
    ['G♭ Major', 'F#', 'major'],
    ['CM', 'C', 'major'],
    ['d#min', 'Eb', 'minor'],
    ['8a', 'A', 'minor'],
    ['6D', 'B', 'major'],
  ])('reads %s', (text, tonic, mode) => {
    expect(parseKey(text)).toEqual({ tonic, mode });
  });

  it.each(['', 'o', 'H', '0A', '13B', '8C', 'A minor seventh', 'Abm/F', '128', 'A##', 'All'])(
    'reads no key in "%s"',
    (text) => {
      expect(parseKey(text)).toBeUndefined();
    },
  );
});
