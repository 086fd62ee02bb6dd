import { ALL_KEYS, tonicOf } from '../../theory/key.ts';
import { KEY_PROFILES } from './key-profiles.ts';

/** Natural minor has the notes of its relative major: it must fit better by this much to be believed. */
const NATURAL_MINOR_BIAS = 0.01;

/**
 * How well a pitch class profile fits each key: Pearson's correlation with the key's own profile (Krumhansl 1990), -1 to 1;
 * 0 for a flat profile. Minor is tried in its harmonic and in its natural form.
 * @param profile [12] from C
 * @returns [24] in the order of `ALL_KEYS`
 */
export function keyFits(profile: readonly number[]): number[] {
  const given = standardised(profile);
  return ALL_KEYS.map((key) => {
    const tonic = tonicOf(key);
    if (key.mode === 'major') return product(given, PROFILES.major, tonic);
    const natural = product(given, PROFILES.naturalMinor, tonic) - NATURAL_MINOR_BIAS;
    return Math.max(product(given, PROFILES.minor, tonic), natural);
  });
}

const PROFILES = {
  major: standardised(KEY_PROFILES.major),
  minor: standardised(KEY_PROFILES.minor),
  naturalMinor: standardised(KEY_PROFILES.naturalMinor),
};

/** Minus its mean, and of length 1; zeros when flat. */
function standardised(profile: readonly number[]): number[] {
  const mean = profile.reduce((a, b) => a + b, 0) / profile.length;
  const centred = profile.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return centred.map((value) => (length > 1e-6 ? value / length : 0));
}

function product(profile: readonly number[], expected: readonly number[], tonic: number): number {
  return expected.reduce((sum, value, degree) => sum + value * profile[(tonic + degree) % 12]!, 0);
}

/** Logits to probabilities. */
export function probabilities(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
