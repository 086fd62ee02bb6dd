import type { Features, Kernels } from '@tutti/dsp';
import type { EmbeddingAnalysis } from '../track-analysis.ts';
import { type EmbeddedParts, embeddingStatistics } from './embedding-statistics.ts';
import { WHITENING } from './whitening.data.ts';
import { whiten } from './whitening.ts';

/** Changes whenever the same track may get another vector: vectors of different models are not to be compared. */
export const EMBEDDING_MODEL = 'tutti-statistics/1';

/**
 * Where a track lies among others: tracks that sound alike are near each other, in Euclidean distance.
 * Stages: statistics of rhythm, timbre and harmony -> minus their mean, over their standard deviation -> softly limited
 * to 4 -> divided by the root of how many there are of the kind, so that the three kinds count alike. What is not known
 * is at the mean.
 * @returns null for silence
 */
export function embed(kernels: Kernels, features: Features, parts: EmbeddedParts): EmbeddingAnalysis | null {
  if (parts.timbre.centroidHz === null) return null;
  return { model: EMBEDDING_MODEL, values: whiten(embeddingStatistics(kernels, features, parts), WHITENING) };
}
