import { type Key, namedKey } from '../../theory/key.ts';
import { MOST_CANDIDATES, NO_KEY } from '../key/key-analysis.ts';
import type { KeyAnalysis } from '../track-analysis.ts';
import type { Reel } from './reel.ts';
import type { Seam } from './seam.ts';
import { shareOf } from './share.ts';

type KeySection = NonNullable<KeyAnalysis['sections']>[number];

/**
 * Key of a sound that was heard in reels: the one that is the likeliest in the mean over the reels, by length, with that
 * mean as its confidence. The tuning is the mean of theirs. The keys that it goes through are those of the reels, each
 * between its seams.
 */
export function joinKey(reels: readonly Reel[], seams: readonly Seam[]): KeyAnalysis {
  const tuningHz = tuningOf(reels);
  const weights = new Map<string, Key & { weight: number }>();
  for (const reel of reels) {
    for (const { tonic, mode, weight } of reel.key.candidates) {
      const name = `${tonic} ${mode}`;
      const sum = weights.get(name) ?? { tonic, mode, weight: 0 };
      weights.set(name, { ...sum, weight: sum.weight + weight * shareOf(reel, reels) });
    }
  }
  const candidates = [...weights.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_CANDIDATES);
  const best = candidates[0];
  if (!best) return { ...NO_KEY, tuningHz };
  return {
    ...namedKey(best),
    confidence: best.weight,
    tuningHz,
    candidates,
    sections: sectionsOf(reels, seams),
  };
}

/** Mean tuning in turns of a semitone, which have no end to them. */
function tuningOf(reels: readonly Reel[]): number | null {
  let real = 0;
  let imaginary = 0;
  for (const reel of reels) {
    if (reel.key.tuningHz === null) continue;
    const angle = 2 * Math.PI * 12 * Math.log2(reel.key.tuningHz / 440);
    real += shareOf(reel, reels) * Math.cos(angle);
    imaginary += shareOf(reel, reels) * Math.sin(angle);
  }
  if (real === 0 && imaginary === 0) return null;
  return 440 * 2 ** (Math.atan2(imaginary, real) / (2 * Math.PI) / 12);
}

/** Neighbours of one key at a seam are one stretch, as sure as the two in the mean. */
function sectionsOf(reels: readonly Reel[], seams: readonly Seam[]): KeySection[] {
  const joined: KeySection[] = [];
  reels.forEach(({ key }, i) => {
    const from = seams[i - 1]?.time ?? Number.NEGATIVE_INFINITY;
    const to = seams[i]?.time ?? Number.POSITIVE_INFINITY;
    for (const section of key.sections ?? []) {
      if (section.end <= from || section.start >= to) continue;
      const own = { ...section, start: Math.max(from, section.start), end: Math.min(to, section.end) };
      const last = joined.at(-1);
      if (!last || last.end !== own.start || last.tonic !== own.tonic || last.mode !== own.mode) {
        joined.push(own);
        continue;
      }
      const [before, here] = [last.end - last.start, own.end - own.start];
      const confidence = (before * last.confidence + here * own.confidence) / (before + here);
      joined[joined.length - 1] = { ...last, end: own.end, confidence };
    }
  });
  return joined;
}
