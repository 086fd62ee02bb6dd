// How far a moment of a track is from the phrases that its analysis heard.
import type { AnalysisLine } from '@tutti/contract';

/**
 * Beats from the nearest border of a phrase to a moment, below 0 before it; null when phrases or tempo are not known. The end of the last
 * phrase, one as long as the phrase before it, is a border too.
 */
export function phraseOffsetBeats({ tempo, structure }: AnalysisLine, seconds: number): number | null {
  const phrases = structure?.phrases ?? [];
  const bpm = tempo?.bpm ?? null;
  if (bpm === null || phrases.length < 2) return null;
  const borders = [...phrases, 2 * phrases.at(-1)! - phrases.at(-2)!];
  const offset = borders
    .map((border) => seconds - border)
    .reduce((least, away) => (Math.abs(away) < Math.abs(least) ? away : least));
  return (offset * bpm) / 60;
}
