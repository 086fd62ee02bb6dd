import type { SongTruth } from '@tutti/demo-songs';
import type { TrackAnalysis } from '@tutti/music/analysis';
import { boundariesOf, boundaryF } from '../accuracy/metrics/boundaries.ts';
import { fMeasure } from '../accuracy/metrics/event-matching.ts';

/** How an analysis compares with what is known of a song because it was composed so. */
export interface SongVerdict {
  /** Relative error of the tempo; null when none was found. */
  readonly tempoError: number | null;
  readonly isKindRight: boolean;
  /** F-measures, within 30 ms. */
  readonly beats: number;
  readonly downbeats: number;
  /** F-measure of the boundaries of sections, within 0.5 s. */
  readonly sections: number;
  readonly isKeyRight: boolean;
}

/** What songs of constant tempo are held to: means over all of them, except for the tempo, which is that of each. */
export const STANDARDS = { tempoError: 0.0005, beats: 0.99, downbeats: 0.95, sections: 0.9, keys: 0.95 } as const;

const BEAT_SECONDS = 0.03;
const BORDER_SECONDS = 0.5;

export function judgeSong(truth: SongTruth, { tempo, key, structure }: TrackAnalysis): SongVerdict {
  return {
    tempoError: tempo.bpm === null ? null : Math.abs(tempo.bpm / truth.bpm - 1),
    isKindRight: tempo.kind === truth.tempoKind,
    beats: fMeasure(truth.beats, tempo.beats, BEAT_SECONDS),
    downbeats: fMeasure(truth.downbeats, tempo.downbeats, BEAT_SECONDS),
    sections: boundaryF(boundariesOf(truth.sections), boundariesOf(structure.sections), BORDER_SECONDS),
    isKeyRight: key.tonic === truth.key.tonic && key.mode === truth.key.mode,
  };
}

export type Figures = Readonly<Record<keyof typeof STANDARDS, number>>;

/** Means over songs; the tempo is the one furthest off. */
export function figuresOf(verdicts: readonly SongVerdict[]): Figures {
  const mean = (value: (verdict: SongVerdict) => number) =>
    verdicts.reduce((sum, verdict) => sum + value(verdict), 0) / verdicts.length;
  return {
    tempoError: Math.max(...verdicts.map(({ tempoError }) => tempoError ?? Number.POSITIVE_INFINITY)),
    beats: mean(({ beats }) => beats),
    downbeats: mean(({ downbeats }) => downbeats),
    sections: mean(({ sections }) => sections),
    keys: mean(({ isKeyRight }) => (isKeyRight ? 1 : 0)),
  };
}

export function meetsStandards(figures: Figures): boolean {
  return (
    figures.tempoError <= STANDARDS.tempoError &&
    figures.beats >= STANDARDS.beats &&
    figures.downbeats >= STANDARDS.downbeats &&
    figures.sections >= STANDARDS.sections &&
    figures.keys >= STANDARDS.keys
  );
}
