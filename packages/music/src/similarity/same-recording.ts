import { type BitAgreement, BitRows, type Kernels } from '@tutti/dsp';
import { FINGERPRINT_HOP_SECONDS } from '../analysis/fingerprint/fingerprint.ts';

/**
 * Share of bits that may differ. Copies of a recording differ in at most an eighth (MP3 of 96 kbit/s, mono at 22 kHz, a limiter,
 * a cut start that shifts the frames), a mix without one of its instruments in a quarter, other performances of a piece in a third,
 * unrelated recordings in 0.4 and more, measured on 146 files and 16 pairs.
 */
const MOST_ERRORS = 0.2;
/** Stretches, in words (10 s), of which one may differ a little more, and the share of them that has to agree. */
const STRETCH_WORDS = 125;
const MOST_STRETCH_ERRORS = 0.3;
const LEAST_AGREEING_SHARE = 0.9;
/** Words that have to be compared: 3.2 s. */
const FEWEST_WORDS = 40;
/** Share of what is heard of each that has to lie over the other: a cut start or end of a tenth. */
const LEAST_COVERED = 0.9;
/** Share of the shorter one's stretches that have to be somewhere in the longer one for an edit of it. */
const LEAST_EDITED_SHARE = 0.8;

export type RecordingRelation = 'same' | 'edit' | 'different';

/** How two recordings lie over each other. */
export interface RecordingMatch {
  /** same: one recording, perhaps with another gain, silence or a cut start; edit: most of the shorter one is in the longer one. */
  readonly relation: RecordingRelation;
  /** Where the second one begins in the first one, in seconds; below 0 when it begins before. */
  readonly offsetSeconds: number;
  /** Share of bits that differ there, 0 to 1. */
  readonly errorRate: number;
  /** Share of what is heard of each that lies over the other. */
  readonly covered: readonly [number, number];
}

/**
 * Whether two fingerprints are of one recording.
 * @param a words of a fingerprint, 1 to 262,144
 * @param b words of one of the same model
 * @param edits whether an edit is looked for, where they are not the same: that takes as long as comparing them once more
 */
export function matchRecordings(kernels: Kernels, a: Uint16Array, b: Uint16Array, edits: boolean): RecordingMatch {
  return kernels.lend(() => {
    const rows = new BitRows(kernels, a, b);
    const best = rows.best();
    const covered = [best.compared / heardIn(a), best.compared / heardIn(b)] as const;
    const overlapsEnough = best.compared >= FEWEST_WORDS && Math.min(...covered) >= LEAST_COVERED;
    const isSame = overlapsEnough && best.errorRate <= MOST_ERRORS && agreesThroughout(rows, best, a.length);
    const isEdit = () => editedShare(kernels, a.length < b.length ? [a, b] : [b, a]) >= LEAST_EDITED_SHARE;
    return {
      relation: isSame ? 'same' : edits && isEdit() ? 'edit' : 'different',
      offsetSeconds: best.shift * FINGERPRINT_HOP_SECONDS,
      errorRate: best.errorRate,
      covered,
    };
  });
}

/** Words that say something; at least 1, to be divided by. */
function heardIn(words: Uint16Array): number {
  return Math.max(
    1,
    words.reduce((count, word) => count + (word === 0 ? 0 : 1), 0),
  );
}

/** Whether two rows agree in nearly all stretches, not only on the whole: another singer over the same music does not. */
function agreesThroughout(rows: BitRows, { shift }: BitAgreement, length: number): boolean {
  const stretches: number[] = [];
  for (let from = 0; from < length; from += STRETCH_WORDS) {
    const { compared, errorRate } = rows.at(shift, from, Math.min(length, from + STRETCH_WORDS));
    if (compared >= FEWEST_WORDS) stretches.push(errorRate);
  }
  const agreeing = stretches.filter((errors) => errors <= MOST_STRETCH_ERRORS);
  return agreeing.length >= LEAST_AGREEING_SHARE * stretches.length;
}

/** Share of the shorter one's stretches, of those that say something, that are somewhere in the longer one. */
function editedShare(kernels: Kernels, [shorter, longer]: readonly [Uint16Array, Uint16Array]): number {
  let said = 0;
  let found = 0;
  for (let from = 0; from + STRETCH_WORDS <= shorter.length; from += STRETCH_WORDS) {
    const stretch = shorter.subarray(from, from + STRETCH_WORDS);
    if (heardIn(stretch) < STRETCH_WORDS / 2) continue;
    said += 1;
    const { errorRate, compared } = kernels.lend(() => new BitRows(kernels, longer, stretch).best());
    if (errorRate <= MOST_ERRORS && compared >= STRETCH_WORDS / 2) found += 1;
  }
  return said === 0 ? 0 : found / said;
}
