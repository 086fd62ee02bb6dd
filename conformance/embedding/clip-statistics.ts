import type { Clip, Kernels } from '@tutti/dsp';
import { analyseClip, type EmbeddingStatistics, embeddingStatistics, featuresHeard } from '@tutti/music/analysis';

/** What the embedding of a clip is made of, before it is whitened. */
export function clipStatistics(kernels: Kernels, clip: Clip): EmbeddingStatistics {
  const analysis = analyseClip(kernels, clip);
  return embeddingStatistics(kernels, featuresHeard(kernels, clip), analysis);
}
