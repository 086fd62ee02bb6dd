import { type Clip, clipFrames, FeatureStream, type Kernels, SampleBlock } from '@tutti/dsp';
import { analyseClip, type EmbeddingStatistics, embeddingStatistics } from '@tutti/music/analysis';

/** What the embedding of a clip is made of, before it is whitened. */
export function clipStatistics(kernels: Kernels, clip: Clip): EmbeddingStatistics {
  const analysis = analyseClip(kernels, clip);
  const mark = kernels.mark();
  const stream = new FeatureStream(kernels, { sampleRate: clip.sampleRate });
  const frames = clipFrames(clip);
  const block = new SampleBlock(kernels, clip.channels.length, frames);
  block.write(clip.channels, 0, frames);
  stream.process(block);
  const statistics = embeddingStatistics(kernels, stream.finish(), analysis);
  kernels.release(mark);
  return statistics;
}
