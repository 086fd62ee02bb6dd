import { type Key, tonicOf } from '@tutti/music/theory';

export type KeyRelation = 'exact' | 'fifth above' | 'fifth below' | 'relative' | 'parallel' | 'other' | 'none';

/** What each relation counts in the weighted score of MIREX, as mir_eval's `key.weighted_score` has it. */
export const KEY_WEIGHTS: Readonly<Record<KeyRelation, number>> = {
  exact: 1,
  'fifth above': 0.5,
  'fifth below': 0,
  relative: 0.3,
  parallel: 0.2,
  other: 0,
  none: 0,
};

/** How a key that was heard relates to the true one. Keys are compared by pitch class. */
export function keyRelation(truth: Key, heard: Key | null): KeyRelation {
  if (heard === null) return 'none';
  const steps = (tonicOf(heard) - tonicOf(truth) + 12) % 12;
  if (heard.mode === truth.mode) {
    if (steps === 0) return 'exact';
    if (steps === 7) return 'fifth above';
    return steps === 5 ? 'fifth below' : 'other';
  }
  if (steps === 0) return 'parallel';
  // The relative minor lies three semitones below its major.
  return steps === (truth.mode === 'major' ? 9 : 3) ? 'relative' : 'other';
}
