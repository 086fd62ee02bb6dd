import type { Key } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { KEY_WEIGHTS, keyRelation } from './key-metrics.ts';

const key = (text: string): Key => {
  const [tonic, mode] = text.split(' ');
  return { tonic, mode } as Key;
};

describe('keyRelation', () => {
  it.each([
    ['C major', 'C major', 'exact', 1],
    ['C major', 'G major', 'fifth above', 0.5],
    ['C major', 'F major', 'fifth below', 0],
    ['A minor', 'E minor', 'fifth above', 0.5],
    ['A minor', 'D minor', 'fifth below', 0],
    ['C major', 'A minor', 'relative', 0.3],
    ['A minor', 'C major', 'relative', 0.3],
    ['Eb major', 'C minor', 'relative', 0.3],
    ['C major', 'C minor', 'parallel', 0.2],
    ['B minor', 'B major', 'parallel', 0.2],
    ['C major', 'E minor', 'other', 0],
    ['A minor', 'F# major', 'other', 0],
    ['C major', 'D major', 'other', 0],
  ])('for %s, %s is %s and counts %d', (truth, heard, relation, weight) => {
    expect(keyRelation(key(truth), key(heard))).toBe(relation);
    expect(KEY_WEIGHTS[keyRelation(key(truth), key(heard))]).toBe(weight);
  });

  it('knows no key', () => {
    expect(keyRelation(key('C major'), null)).toBe('none');
  });
});
