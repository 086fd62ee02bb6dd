import { FeatureStream, type Features, type Kernels, SampleBlock } from '@tutti/dsp';
import { TEST_RATE } from './listening-signals.ts';

/** Features of a mono signal at TEST_RATE. The kernels' memory is as it was afterwards. */
export function featuresOf(kernels: Kernels, samples: Float32Array): Features {
  const mark = kernels.mark();
  const stream = new FeatureStream(kernels, { sampleRate: TEST_RATE });
  const block = new SampleBlock(kernels, 1, samples.length);
  block.write([samples], 0, samples.length);
  stream.process(block);
  const features = stream.finish();
  kernels.release(mark);
  return features;
}
