import type { Key } from '@tutti/music/theory';
import { type Chord, parseChord } from './chord.ts';

/** A chord and the time it holds. */
export interface ChordSpan {
  readonly beat: number;
  readonly beats: number;
  readonly chord: Chord;
}

/**
 * Lays a progression over bars, from its start and over again.
 * @param progression chords in Roman numerals: bars separated by `|`, the chords of one bar by spaces (they share the
 *   bar's beats, the earlier ones the longer part)
 */
export function layProgression(
  progression: string,
  key: Key,
  startBeat: number,
  bars: number,
  beatsPerBar: number,
): ChordSpan[] {
  const cycle = progression.split('|').map((bar) => bar.trim().split(/\s+/));
  const spans: ChordSpan[] = [];
  for (let bar = 0; bar < bars; bar++) {
    const symbols = cycle[bar % cycle.length]!;
    const edges = [...symbols, ''].map((_, i) => Math.round((i * beatsPerBar) / symbols.length));
    for (const [i, symbol] of symbols.entries()) {
      const beats = edges[i + 1]! - edges[i]!;
      const beat = startBeat + bar * beatsPerBar + edges[i]!;
      if (beats > 0) spans.push({ beat, beats, chord: parseChord(symbol, key) });
    }
  }
  return spans;
}

/** The chord that sounds at a beat: spans are in order and without gaps. */
export function chordAt(spans: readonly ChordSpan[], beat: number): ChordSpan {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle]!.beat <= beat) low = middle;
    else high = middle - 1;
  }
  return spans[low]!;
}
