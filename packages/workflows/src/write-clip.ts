import { type Clip, type Kernels, SampleBlock } from '@tutti/dsp';
import { createAudioWriter } from '@tutti/media';
import type { MasterPlan } from '@tutti/music/mastering';

const BLOCK_FRAMES = 16_384;

/** Writes a clip into a file. @throws MediaError */
export async function writeClip(
  path: string,
  clip: Clip,
  gainDb: number,
  { sampleFormat, dither }: Pick<MasterPlan['output'], 'sampleFormat' | 'dither'>,
  kernels: Kernels,
  options: { readonly force: boolean; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { sampleRate, channels } = clip;
  const writer = await createAudioWriter(path, {
    ...{ sampleRate, channels: channels.length, sampleFormat, dither, ...options },
  });
  const mark = kernels.mark();
  const gain = 10 ** (gainDb / 20);
  try {
    const block = new SampleBlock(kernels, channels.length, BLOCK_FRAMES);
    const frames = channels[0]!.length;
    for (let offset = 0; offset < frames; offset += BLOCK_FRAMES) {
      block.write(channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
      const views = channels.map((_, channel) => block.channel(channel).subarray(0, block.frames));
      if (gain !== 1)
        for (const view of views) {
          for (let i = 0; i < view.length; i++) view[i]! *= gain;
        }
      await writer.write(views, block.frames);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    kernels.release(mark);
  }
}
