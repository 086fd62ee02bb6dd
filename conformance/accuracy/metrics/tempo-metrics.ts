/** What the field forgives in a tempo (MIREX): 4 %. */
export const FIELD_TOLERANCE = 0.04;
/** What a mix forgives: 1 %. */
export const MIXING_TOLERANCE = 0.01;
/** Counting in other units than the truth: every second or third beat, or two or three a beat. */
export const METRICAL_LEVELS = [1, 2, 3, 1 / 2, 1 / 3] as const;

/** Takes the edge off decimal fractions: 104 is within 4 % of 100. */
const ROUNDING = 1e-9;

/**
 * Whether a tempo is one of the true ones, or one of `levels` times it.
 * Acc1 is this at the level 1, Acc2 at all METRICAL_LEVELS, both within 4 %.
 * Source: F. Gouyon et al., "An experimental comparison of audio tempo induction algorithms", IEEE TASLP 14(5), 2006.
 * @param bpm null when none was named
 */
export function isTempoRight(
  bpm: number | null,
  truths: readonly number[],
  tolerance: number,
  levels: readonly number[] = [1],
): boolean {
  if (bpm === null || !(bpm > 0)) return false;
  return truths.some((truth) => levels.some((level) => Math.abs(bpm / (level * truth) - 1) <= tolerance + ROUNDING));
}

/** Simple ratios of a tempo that was heard to the true one, the usual ones first. */
const RATIOS: readonly (readonly [name: string, ratio: number])[] = [
  ['1', 1],
  ['2', 2],
  ['1/2', 1 / 2],
  ['3', 3],
  ['1/3', 1 / 3],
  ['4', 4],
  ['1/4', 1 / 4],
  ['3/2', 3 / 2],
  ['2/3', 2 / 3],
  ['4/3', 4 / 3],
  ['3/4', 3 / 4],
];

/** Which simple ratio a tempo stands in to the true one, within 4 %; "other" for none of them, "none" for no tempo. */
export function tempoRatio(bpm: number | null, truth: number): string {
  if (bpm === null || !(bpm > 0)) return 'none';
  return RATIOS.find(([, ratio]) => isTempoRight(bpm, [truth], FIELD_TOLERANCE, [ratio]))?.[0] ?? 'other';
}
