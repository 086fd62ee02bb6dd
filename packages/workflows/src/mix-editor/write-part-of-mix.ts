import { Kernels } from '@tutti/dsp';
import { createAudioWriter, openAudio } from '@tutti/media';
import { excerptOf, type MixPlan, renderMix } from '@tutti/music/mixing';
import { WorkflowError } from '../failure.ts';

/**
 * Renders some seconds of a mix, without the rest of it, into a file.
 * @returns how long it is
 * @throws WorkflowError 'empty' when nothing is heard there; as `renderMixToFile`
 */
export async function writePartOfMix(
  plan: MixPlan,
  from: number,
  to: number,
  path: string,
  signal?: AbortSignal,
): Promise<number> {
  const excerpt = excerptOf(plan, from, to);
  if (excerpt === null) throw new WorkflowError('empty', 'no track is heard there');
  const { plan: part, leadSeconds } = excerpt;
  const { sampleRate } = part;
  const writer = await createAudioWriter(path, { sampleRate, channels: 2, sampleFormat: 'int16', force: true, signal });
  try {
    const open = (index: number) => openAudio(part.tracks[index]!.path, { signal });
    let lead = Math.round(leadSeconds * sampleRate);
    for await (const block of renderMix(part, open, new Kernels(), { ...(signal && { signal }) })) {
      const skipped = Math.min(lead, block.frames);
      lead -= skipped;
      const heard = [0, 1].map((channel) => block.channel(channel).subarray(skipped, block.frames));
      if (skipped < block.frames) await writer.write(heard, block.frames - skipped);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return part.seconds - leadSeconds;
}
