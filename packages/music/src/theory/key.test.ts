import { describe, expect, it } from 'vitest';
import { ALL_KEYS, camelotDistance, camelotOf, type Key, keyOf, openKeyOf, pitchClassOf } from './key.ts';

// The wheel as Mixed In Key prints it (https://mixedinkey.com/camelot-wheel/), and Open Key beside it.
const WHEEL: [string, Key['mode'], string, string][] = [
  ['Ab', 'minor', '1A', '6m'],
  ['Eb', 'minor', '2A', '7m'],
  ['Bb', 'minor', '3A', '8m'],
  ['F', 'minor', '4A', '9m'],
  ['C', 'minor', '5A', '10m'],
  ['G', 'minor', '6A', '11m'],
  ['D', 'minor', '7A', '12m'],
  ['A', 'minor', '8A', '1m'],
  ['E', 'minor', '9A', '2m'],
  ['B', 'minor', '10A', '3m'],
  ['F#', 'minor', '11A', '4m'],
  ['C#', 'minor', '12A', '5m'],
  ['B', 'major', '1B', '6d'],
  ['F#', 'major', '2B', '7d'],
  ['C#', 'major', '3B', '8d'],
  ['Ab', 'major', '4B', '9d'],
  ['Eb', 'major', '5B', '10d'],
  ['Bb', 'major', '6B', '11d'],
  ['F', 'major', '7B', '12d'],
  ['C', 'major', '8B', '1d'],
  ['G', 'major', '9B', '2d'],
  ['D', 'major', '10B', '3d'],
  ['A', 'major', '11B', '4d'],
  ['E', 'major', '12B', '5d'],
];

describe('keys', () => {
  it.each(WHEEL)('%s %s is %s and %s', (tonic, mode, camelot, openKey) => {
    const key = keyOf(pitchClassOf(tonic)!, mode);
    expect(camelotOf(key)).toBe(camelot);
    expect(openKeyOf(key)).toBe(openKey);
  });

  it('has 24 different keys', () => {
    expect(new Set(ALL_KEYS.map(camelotOf)).size).toBe(24);
  });

  it('is one step from its fifths and its relative, and none from itself', () => {
    const aMinor = keyOf(9, 'minor');
    expect(camelotDistance(aMinor, aMinor)).toBe(0);
    for (const near of [keyOf(4, 'minor'), keyOf(2, 'minor'), keyOf(0, 'major')]) {
      expect(camelotDistance(aMinor, near)).toBe(1);
    }
    expect(camelotDistance(aMinor, keyOf(3, 'minor'))).toBe(6);
  });
});
