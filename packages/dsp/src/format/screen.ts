import type { SampleBlock } from '../block.ts';

/**
 * Replaces samples that are NaN, infinite or larger than `limit` by 0.
 * @param limit largest magnitude that is let through
 * @returns how many samples were replaced, and the largest magnitude of the rest
 */
export function screenBlock(block: SampleBlock, limit: number): { readonly replaced: number; readonly peak: number } {
  const { wasm } = block.kernels;
  let replaced = 0;
  let peak = 0;
  for (let channel = 0; channel < block.channelCount; channel++) {
    replaced += wasm.screenSamples(block.pointer(channel), block.frames, limit);
    peak = Math.max(peak, wasm.peakMagnitude(block.pointer(channel), block.frames));
  }
  return { replaced, peak };
}
