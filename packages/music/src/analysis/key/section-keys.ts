import { ALL_KEYS, type Key } from '../../theory/key.ts';
import { probabilities } from './key-fits.ts';

/** A stretch of a track in one key. */
export interface KeyStretch extends Key {
  readonly start: number;
  readonly end: number;
  /** 0 to 1, by what is heard in the stretch alone. */
  readonly confidence: number;
}

/**
 * How likely a section is in the key of the one before it: music seldom changes key between sections. (From 0.9 to 0.99 the
 * composed songs of the tests read much the same.)
 */
const STAY = 0.95;
/** What a change costs, in log-odds: the other keys share what staying leaves. */
const CHANGE_COST = Math.log(STAY / ((1 - STAY) / (ALL_KEYS.length - 1)));

/**
 * The keys that a track goes through: the likeliest path through the 24 keys that changes at borders of sections only
 * (Viterbi). Neighbours of one key are one stretch.
 * @param sections one after the other
 * @param evidence log-odds of the keys, in the order of `ALL_KEYS`, by what is heard between two times; all alike where
 * nothing is
 */
export function sectionKeys(
  sections: readonly { readonly start: number; readonly end: number }[],
  evidence: (start: number, end: number) => readonly number[],
): KeyStretch[] {
  let best: number[] = new Array<number>(ALL_KEYS.length).fill(0);
  /** By section and key, the key before it on the best path. */
  const before: number[][] = [];
  const heard = sections.map(({ start, end }) => evidence(start, end));
  for (const logits of heard) {
    const likeliest = best.indexOf(Math.max(...best));
    const changed = best[likeliest]! - CHANGE_COST;
    before.push(best.map((value, key) => (value >= changed ? key : likeliest)));
    best = best.map((value, key) => Math.max(value, changed) + logits[key]!);
  }
  let key = best.indexOf(Math.max(...best));
  const stretches: { start: number; end: number; key: number; heard: readonly number[] | null }[] = [];
  for (let i = sections.length - 1; i >= 0; i--) {
    const { start, end } = sections[i]!;
    const behind = stretches[0];
    if (behind?.key === key) stretches[0] = { ...behind, start, heard: null };
    else stretches.unshift({ start, end, key, heard: heard[i]! });
    key = before[i]![key]!;
  }
  return stretches.map(({ start, end, key, heard }) => {
    return { start, end, ...ALL_KEYS[key]!, confidence: probabilities(heard ?? evidence(start, end))[key]! };
  });
}
