import type { GridMark } from '@tutti/exchange';
import type { BeatGrid } from '@tutti/music/mixing';

/** How far a beat may be from the grid that the mix was made on: as far as that grid may be from the beats heard. */
const TOLERANCE_SECONDS = 0.003;

export interface GridMarkOptions {
  /** The most that a tempo may have: a program that rounds to so many is right throughout, too. */
  readonly decimals: number;
  /** For a program that takes each mark for the first beat of a bar. */
  readonly onlyOnBars: boolean;
}

/** rekordbox shows and keeps tempos in hundredths (Deep Symmetry, "Rekordbox export structure": beat grid). */
export const REKORDBOX_GRIDS: GridMarkOptions = { decimals: 2, onlyOnBars: false };
/** Traktor writes six decimals, and has no word for another beat than the first. */
export const TRAKTOR_GRIDS: GridMarkOptions = { decimals: 6, onlyOnBars: true };

/**
 * A grid of beats as few marks, each with one tempo up to the next: every beat from the first bar on within 3 ms. Marks
 * are laid on first beats of bars, and each runs as far as one tempo holds; of the tempos that hold, the one with the
 * fewest decimals, so that a track made at 128 BPM is told to be at 128. Where no tempo holds for a bar, a mark is laid
 * within it, or, if that may not be, the bar has its mean tempo.
 * @param seconds length of the track
 */
export function gridMarks(grid: BeatGrid, seconds: number, { decimals, onlyOnBars }: GridMarkOptions): GridMark[] {
  const { beats, barStarts, meter, lastBeat } = grid;
  const first = barStarts.find((beat) => beat >= grid.firstBeat && beats[beat]! >= 0) ?? lastBeat;
  const marks: GridMark[] = [];
  for (let from = first; from < lastBeat && beats[from]! < seconds; ) {
    let { bpm, reach } = longestRun(beats, from, lastBeat, decimals);
    const nextBar = barStarts.find((beat) => beat > from) ?? lastBeat;
    if (onlyOnBars && reach < nextBar) {
      bpm = (60 * (nextBar - from)) / (beats[nextBar]! - beats[from]!);
      reach = nextBar;
    }
    const bar = barStarts.findLast((beat) => beat <= from)!;
    marks.push({ seconds: beats[from]!, bpm, meter, beat: ((from - bar) % meter) + 1 });
    if (reach === lastBeat) break;
    // Up to there this tempo holds; the bar that begins last before it is a better place for a mark.
    from = barStarts.findLast((beat) => beat > from && beat <= reach) ?? reach;
  }
  return marks;
}

/** The longest run of beats from one on that a tempo of at most so many decimals holds: one beat on, at least. */
function longestRun(beats: Float64Array, from: number, last: number, decimals: number): { bpm: number; reach: number } {
  const start = beats[from]!;
  let slowest = 0;
  let fastest = Number.POSITIVE_INFINITY;
  let bpm = 60 / (beats[from + 1]! - start);
  for (let beat = from + 1; beat <= last; beat++) {
    const passed = beats[beat]! - start;
    slowest = Math.max(slowest, (60 * (beat - from)) / (passed + TOLERANCE_SECONDS));
    fastest = Math.min(fastest, (60 * (beat - from)) / (passed - TOLERANCE_SECONDS));
    const found = roundestWithin(slowest, fastest, decimals);
    if (found === null) return { bpm, reach: Math.max(from + 1, beat - 1) };
    bpm = found;
  }
  return { bpm, reach: last };
}

/** The number with the fewest decimals between two; null when none has at most `most`. */
function roundestWithin(low: number, high: number, most: number): number | null {
  for (let digits = 0; digits <= most; digits++) {
    const value = Math.round(((low + high) / 2) * 10 ** digits) / 10 ** digits;
    if (value >= low && value <= high) return value;
  }
  return null;
}
