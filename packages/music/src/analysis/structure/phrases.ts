import type { BarSpan } from './parts.ts';

/** Phrases are this long; in a track with fewer bars than `SHORT_BARS`, half as long. */
const USUAL_BARS = 8;
const SHORT_BARS = 24;
/** A rest of a phrase this short belongs to the phrase before it. */
const SHORTEST_REST_BARS = 2;

/**
 * Divides sections into phrases: each section counts anew from its first bar. What is left over is the last phrase of its
 * section, except in the first section, which counts back from its end: what comes early there is a lead-in.
 * @returns first bar of each phrase, ascending
 */
export function phraseStarts(sections: readonly BarSpan[]): number[] {
  const usual = (sections.at(-1)?.endBar ?? 0) < SHORT_BARS ? USUAL_BARS / 2 : USUAL_BARS;
  return sections.flatMap(({ firstBar, endBar }, i) => {
    const bars = endBar - firstBar;
    const rest = bars % usual;
    const leadIn = i === 0 && sections.length > 1 ? rest : 0;
    const starts = Array.from({ length: Math.ceil((bars - leadIn) / usual) }, (_, n) => firstBar + leadIn + n * usual);
    if (leadIn > 0) starts.unshift(firstBar);
    const last = starts.length - 1;
    const isShort = endBar - starts[last]! < SHORTEST_REST_BARS && last > 0;
    return isShort ? starts.slice(0, last) : starts;
  });
}
