// How far the joins of a mix are from the phrases that the analysis heard.
import type { AnalysisLine } from '@tutti/contract';
import type { MixPlan, MixTransition } from '@tutti/music/mixing';

/** Techniques in which one track leaves on the beat on which the other begins; what is heard as the transition reaches beyond that beat. */
const HANDOVERS: readonly string[] = ['cut', 'echo-out', 'reverb-tail', 'loop-roll', 'stop'];

/**
 * The moments of the mix, in seconds, at which a join has to be on a phrase: of the outgoing track the one at which it leaves, of the
 * incoming one the one at which it enters. Where both play together these are the end and the beginning of the transition; where one
 * hands over to the other they are the same moment, and a lead before it and a tail after it are none of it.
 */
export function phraseMoments(
  { tracks }: Pick<MixPlan, 'tracks'>,
  { technique, start, end, to }: MixTransition,
): { readonly out: number; readonly incoming: number } {
  if (!HANDOVERS.includes(technique)) return { out: end, incoming: start };
  const entry = tracks[to]!.start;
  return { out: entry, incoming: entry };
}

/**
 * Beats from the nearest border of a phrase to a moment, below 0 before it; null when phrases or tempo are not known. The end of the last
 * phrase, one as long as the phrase before it, is a border too.
 */
export function phraseOffsetBeats(
  { tempo, structure }: Pick<AnalysisLine, 'tempo' | 'structure'>,
  seconds: number,
): number | null {
  const phrases = structure?.phrases ?? [];
  const bpm = tempo?.bpm ?? null;
  if (bpm === null || phrases.length < 2) return null;
  const borders = [...phrases, 2 * phrases.at(-1)! - phrases.at(-2)!];
  const offset = borders
    .map((border) => seconds - border)
    .reduce((least, away) => (Math.abs(away) < Math.abs(least) ? away : least));
  return (offset * bpm) / 60;
}
