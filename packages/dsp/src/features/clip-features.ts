import { SampleBlock } from '../block.ts';
import { type Clip, clipFrames } from '../clip.ts';
import type { Kernels } from '../kernels.ts';
import { FeatureStream, type Features } from './feature-stream.ts';

/** Features of a whole clip at once, held in one block. The kernels' memory is as it was afterwards. */
export function featuresOfClip(kernels: Kernels, clip: Clip): Features {
  const mark = kernels.mark();
  const stream = new FeatureStream(kernels, { sampleRate: clip.sampleRate });
  const frames = clipFrames(clip);
  const block = new SampleBlock(kernels, clip.channels.length, frames);
  block.write(clip.channels, 0, frames);
  stream.process(block);
  const features = stream.finish();
  kernels.release(mark);
  return features;
}
