import type { StemKind } from '../stem-kinds.ts';
import { KIND_RULES, PARTS_OF_BACKING, SUSTAINED_ONSETS } from './balance-rules.data.ts';
import { type AudibleStem, togetherLufs } from './stem-levels.ts';

/** Where a stem is to stand against a lead voice, before the others are listened to. */
export interface WantedLevel {
  /** LU */
  readonly relativeLu: number;
  /** Why, as the beginning of a sentence. */
  readonly reason: string;
}

/** A shift below this is not told, LU. */
const LEAST_TOLD_LU = 0.25;

/** Levels by kind, by how many there are of each, and by how much a stem lives of long notes. */
export function wantedLevels(stems: readonly AudibleStem[]): WantedLevel[] {
  const count = (kind: StemKind) => stems.filter((stem) => stem.kind === kind).length;
  return stems.map(({ kind, heard }) => {
    const { growth, sustainedLu } = KIND_RULES[kind];
    const parts = PARTS_OF_BACKING.filter((part) => part === 'harmonic' || count(part) === 0);
    const relativeLu =
      KIND_RULES[kind].relativeLu ?? togetherLufs(parts.map((part) => KIND_RULES[part].relativeLu ?? 0));
    const among = count(kind);
    const shared = (1 - growth) * 10 * Math.log10(among);
    const onsets = Math.max(heard.sound?.onsetsPerSecond ?? 0, 0.01);
    const long = 1 / (1 + (onsets / SUSTAINED_ONSETS) ** 2);
    const behind = sustainedLu * long;
    const level = `${signedLu(relativeLu)} against a lead voice`;
    const words = [
      relativeLu === 0
        ? `${kind} lead`
        : KIND_RULES[kind].relativeLu === null
          ? `of the kind ${kind}, for ${parts.join(', ')} together, it stands ${level}`
          : `of the kind ${kind} it stands ${level}`,
    ];
    if (shared > 0) words.push(`${among} of them share that (${signedLu(-shared)} each)`);
    if (behind >= LEAST_TOLD_LU)
      words.push(`${onsets.toFixed(1)} onsets a second are long notes (${signedLu(-behind)})`);
    return { relativeLu: relativeLu - shared - behind, reason: words.join(', ') };
  });
}

/** "+1.0 LU", "−3.0 LU" */
export function signedLu(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return Number(text) === 0 ? '0.0 LU' : `${value < 0 ? '−' : '+'}${text} LU`;
}
