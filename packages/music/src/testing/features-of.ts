import { type Features, featuresOfClip, type Kernels } from '@tutti/dsp';
import { TEST_RATE } from './listening-signals.ts';

/** Features of a mono signal at TEST_RATE. The kernels' memory is as it was afterwards. */
export function featuresOf(kernels: Kernels, samples: Float32Array): Features {
  return featuresOfClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
}
