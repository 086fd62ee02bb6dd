import { describe, expect, it } from 'vitest';
import { ALL_KEYS, tonicOf } from '../../theory/key.ts';
import { keyFits, probabilities } from './key-fits.ts';
import { KEY_PROFILES } from './key-profiles.ts';

describe('keyFits', () => {
  it.each(ALL_KEYS.map((key, i) => [`${key.tonic} ${key.mode}`, key, i] as const))(
    'knows the profile of %s',
    (_, key, i) => {
      const profile = key.mode === 'major' ? KEY_PROFILES.major : KEY_PROFILES.minor;
      const heard = Array.from(
        { length: 12 },
        (_, pitchClass) => 0.3 + 2 * profile[(pitchClass - tonicOf(key) + 12) % 12]!,
      );
      const fits = keyFits(heard);
      expect(fits[i]).toBeCloseTo(1, 10);
      expect(fits.filter((fit) => fit > 0.95)).toHaveLength(1);
    },
  );

  it('knows natural minor, a hair below the harmonic', () => {
    expect(keyFits(KEY_PROFILES.naturalMinor)[12]).toBeCloseTo(0.99, 10);
  });

  it('finds nothing in a flat profile', () => {
    expect(keyFits(new Array<number>(12).fill(0.4))).toEqual(new Array(24).fill(0));
  });
});

it('probabilities sum to 1 and keep ratios, however large the logits', () => {
  const [a, b, c] = probabilities([1000, 1000 + Math.log(3), -1e9]);
  expect(b! / a!).toBeCloseTo(3, 9);
  expect(c).toBe(0);
  expect(a! + b!).toBeCloseTo(1, 12);
});
