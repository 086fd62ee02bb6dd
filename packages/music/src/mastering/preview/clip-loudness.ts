import { type Clip, clipFrames, type Kernels, LoudnessMeter, SampleBlock } from '@tutti/dsp';

const BLOCK_FRAMES = 16_384;

/** Integrated loudness of a clip, LUFS; null for silence. The kernels' memory is as it was afterwards. */
export function clipLoudness(kernels: Kernels, clip: Clip): number | null {
  const mark = kernels.mark();
  try {
    const channels = clip.channels.length;
    const meter = new LoudnessMeter(kernels, { sampleRate: clip.sampleRate, channels });
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    const frames = clipFrames(clip);
    for (let offset = 0; offset < frames; offset += BLOCK_FRAMES) {
      block.write(clip.channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
      meter.process(block);
    }
    return meter.result().integratedLufs;
  } finally {
    kernels.release(mark);
  }
}
