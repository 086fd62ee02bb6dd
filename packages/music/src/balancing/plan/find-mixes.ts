import { ROW_SECONDS } from '../listen/band-powers.ts';
import type { HeardStem } from '../listen/hear-stem.ts';
import { fitPowers } from '../reference/fit-powers.ts';
import type { AudibleStem } from './stem-levels.ts';

/** A stem that must not be added to the others. */
export interface LeftOutStem {
  readonly index: number;
  readonly reason: string;
}

/** Share of what is heard from which on the others add up to a stem. */
const SAME = 0.9;
/** Stems that a mix has at least, and the share of it from which on one counts. */
const FEWEST_PARTS = 2;
const LEAST_PART = 0.03;

/**
 * Stems that are a mix of the others: their power in third octaves is, every 0.4 s, that of the others with some gains.
 * Other music explains less than two thirds; a song and its stems more than nine tenths. At most one is found, the loudest.
 */
export function findMix(stems: readonly AudibleStem[]): LeftOutStem | null {
  if (stems.length <= FEWEST_PARTS) return null;
  const candidates = stems.toSorted((a, b) => total(b) - total(a));
  for (const mix of candidates) {
    const parts = stems.filter((stem) => stem !== mix);
    const { weights, explained } = fitPowers(
      mix.heard.powers,
      parts.map(({ heard }) => heard.powers),
    );
    if (explained < SAME) continue;
    const shares = parts.map((part, i) => (weights[i]! * total(part)) / total(mix));
    const heardParts = parts.filter((_, i) => shares[i]! >= LEAST_PART);
    if (heardParts.length < FEWEST_PARTS) continue;
    return {
      index: mix.index,
      reason: `it is a mix of the others: ${heardParts.map(({ name }) => name).join(', ')} add up to ${(100 * explained).toFixed(0)} % of it, every ${ROW_SECONDS} s in every third octave; with it they would be heard twice`,
    };
  }
  return null;
}

function total({ bands }: AudibleStem): number {
  return bands.reduce((a, b) => a + b, 0);
}

/** Stems whose sound is that of one before them. */
export function findCopies(heard: readonly HeardStem[], hashes: readonly string[]): LeftOutStem[] {
  return hashes.flatMap((hash, index) => {
    const first = hashes.indexOf(hash);
    if (first === index) return [];
    return [
      { index, reason: `it is sample by sample the same sound as ${heard[first]!.name}, which is heard already` },
    ];
  });
}
