import { FeatureStream, type Kernels, SampleBlock } from '@tutti/dsp';
import { countOnsets } from '../../analysis/timbre/onset-count.ts';
import type { Excerpt } from './excerpt-keeper.ts';

const BLOCK_FRAMES = 16_384;
/** In less there is no onset to be told from the beginning of the sound. */
const SHORTEST_SECONDS = 0.5;
/** Of many excerpts, every so many-th is enough to count in. */
const EVERY = 3;
const MANY = 9;

/**
 * Onsets in a second, counted in the excerpts as the analysis of a track counts them. The kernels' memory is as it was
 * afterwards.
 * @returns null when there is less than half a second
 */
export function transientsPerSecond(kernels: Kernels, sampleRate: number, excerpts: readonly Excerpt[]): number | null {
  const mark = kernels.mark();
  try {
    const features = new FeatureStream(kernels, { sampleRate });
    const channels = excerpts[0]?.channels.length ?? 1;
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    let onsets = 0;
    let frames = 0;
    for (const { channels: samples } of excerpts.length < MANY
      ? excerpts
      : excerpts.filter((_, i) => i % EVERY === 0)) {
      const length = samples[0]!.length;
      for (let offset = 0; offset < length; offset += BLOCK_FRAMES) {
        block.write(samples, offset, Math.min(BLOCK_FRAMES, length - offset));
        features.process(block);
      }
      onsets += countOnsets(features.finish().onset);
      frames += length;
    }
    return frames >= SHORTEST_SECONDS * sampleRate ? (onsets * sampleRate) / frames : null;
  } finally {
    kernels.release(mark);
  }
}
