import { type Kernels, SampleBlock } from '@tutti/dsp';

const MOST_BLOCK_FRAMES = 2 ** 20;

/** Whether blocks of so many frames can be handed out; else why not. */
export function blockFramesRefusal(blockFrames: number): string | undefined {
  if (Number.isInteger(blockFrames) && blockFrames >= 1 && blockFrames <= MOST_BLOCK_FRAMES) return undefined;
  return `blockFrames is ${blockFrames}; it must be a whole number between 1 and ${MOST_BLOCK_FRAMES}`;
}

/**
 * Cuts a stream of blocks into blocks of one size; the last one may be shorter.
 * @param blockFrames 1 to 2^20
 * @yields the same block again and again: its samples are good until the next one is asked for
 */
export async function* evenBlocks(
  blocks: AsyncIterable<SampleBlock>,
  kernels: Kernels,
  channels: number,
  blockFrames: number,
): AsyncGenerator<SampleBlock, void, undefined> {
  const out = new SampleBlock(kernels, channels, blockFrames);
  for await (const block of blocks) {
    for (let offset = 0; offset < block.frames; ) {
      const frames = Math.min(block.frames - offset, blockFrames - out.frames);
      for (let channel = 0; channel < channels; channel++) {
        out.channel(channel).set(block.channel(channel).subarray(offset, offset + frames), out.frames);
      }
      out.frames += frames;
      offset += frames;
      if (out.frames < blockFrames) continue;
      yield out;
      out.frames = 0;
    }
  }
  if (out.frames > 0) yield out;
}
