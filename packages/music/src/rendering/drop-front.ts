import type { SampleBlock } from '@tutti/dsp';

/** Takes up to `frames` frames off the front of a block; returns how many. */
export function dropFront(block: SampleBlock, frames: number): number {
  const dropped = Math.min(frames, block.frames);
  if (dropped === 0) return 0;
  for (let channel = 0; channel < block.channelCount; channel++) {
    block.channel(channel).copyWithin(0, dropped, block.frames);
  }
  block.frames -= dropped;
  return dropped;
}
