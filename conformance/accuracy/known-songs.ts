import type { SongTruth } from '@tutti/demo-songs';
import type { TrackAnalysis } from '@tutti/music/analysis';

/** How an analysis compares with what is known of a song because it was composed so. */
export interface SongVerdict {
  /** Relative error of the tempo; null when none was found. */
  readonly tempoError: number | null;
  readonly isKindRight: boolean;
  /** Largest and median distance from a beat of the song to the nearest one found, in seconds. */
  readonly worstBeat: number;
  readonly medianBeat: number;
  /** Share of the bars whose first beat was found as such, within 30 ms. */
  readonly downbeats: number;
  /** Share of the phrase starts found that are the start of a bar in the song, within 30 ms. */
  readonly phrasesOnBars: number;
  /** Share of the section borders found, within one bar's length of 3 s. */
  readonly borders: number;
  readonly isKeyRight: boolean;
}

const NEAR_SECONDS = 0.03;
const BORDER_SECONDS = 3;

export function judgeSong(truth: SongTruth, { tempo, key, structure }: TrackAnalysis): SongVerdict {
  const errors = truth.beats.map((beat) => distance(beat, tempo.beats)).sort((a, b) => a - b);
  const inner = truth.sections.slice(1);
  const starts = structure.sections.map(({ start }) => start);
  return {
    tempoError: tempo.bpm === null ? null : tempo.bpm / truth.bpm - 1,
    isKindRight: tempo.kind === truth.tempoKind,
    worstBeat: errors.at(-1)!,
    medianBeat: errors[errors.length >> 1]!,
    downbeats: share(truth.downbeats, (beat) => distance(beat, tempo.downbeats) < NEAR_SECONDS),
    phrasesOnBars: share(structure.phrases, (time) => distance(time, truth.downbeats) < NEAR_SECONDS),
    borders: share(inner, ({ start }) => distance(start, starts) < BORDER_SECONDS),
    isKeyRight: key.tonic === truth.key.tonic && key.mode === truth.key.mode,
  };
}

function distance(time: number, others: readonly number[]): number {
  return others.reduce((nearest, other) => Math.min(nearest, Math.abs(other - time)), Number.POSITIVE_INFINITY);
}

function share<T>(items: readonly T[], isRight: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(isRight).length / items.length;
}
