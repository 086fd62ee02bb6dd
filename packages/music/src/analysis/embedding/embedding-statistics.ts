import type { Features, Kernels } from '@tutti/dsp';
import type { KeyAnalysis, TempoAnalysis, TimbreAnalysis } from '../track-analysis.ts';
import { harmonyStatistics } from './harmony-statistics.ts';
import { rhythmStatistics } from './rhythm-statistics.ts';
import { timbreStatistics } from './timbre-statistics.ts';

/** What an embedding is made of, before it is whitened; null for what is not known. */
export interface EmbeddingStatistics {
  readonly rhythm: readonly (number | null)[];
  readonly timbre: readonly (number | null)[];
  readonly harmony: readonly (number | null)[];
}

/** The parts of an analysis that an embedding rests on. */
export interface EmbeddedParts {
  readonly tempo: TempoAnalysis;
  readonly key: KeyAnalysis;
  readonly timbre: TimbreAnalysis;
}

/** Rhythm, timbre and harmony of a track as numbers. @param kernels lend memory for the time of the call */
export function embeddingStatistics(
  kernels: Kernels,
  features: Features,
  { tempo, key, timbre }: EmbeddedParts,
): EmbeddingStatistics {
  return {
    rhythm: rhythmStatistics(kernels, features, tempo, timbre),
    timbre: timbreStatistics(timbre),
    harmony: harmonyStatistics(kernels, features, key),
  };
}
