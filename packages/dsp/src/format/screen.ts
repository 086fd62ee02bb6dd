import type { SampleBlock } from '../block.ts';

/**
 * Replaces samples that are NaN, infinite or larger than `limit` by 0.
 * @param limit largest magnitude that is let through
 * @returns how many samples were replaced
 */
export function screenBlock(block: SampleBlock, limit: number): number {
  let replaced = 0;
  for (let channel = 0; channel < block.channelCount; channel++) {
    replaced += block.kernels.wasm.screenSamples(block.pointer(channel), block.frames, limit);
  }
  return replaced;
}
