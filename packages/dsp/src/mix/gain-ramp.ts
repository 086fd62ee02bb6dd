import type { SampleBlock } from '../block.ts';
import { DspError } from '../errors.ts';

/**
 * Adds `source` to `destination` with a gain that moves linearly over the block: sample i has the gain
 * `from + (to - from) * i / frames`, so consecutive blocks join without a step when one's `to` is the next one's `from`.
 * @param destination receives `source.frames` frames; must hold at least as many
 * @param from linear gain at the first sample
 * @param to linear gain that the sample after the last one would have
 * @throws DspError 'invalid-parameter' when the blocks differ in channels or the destination is shorter
 */
export function mixInto(destination: SampleBlock, source: SampleBlock, from: number, to: number): void {
  if (destination.channelCount !== source.channelCount || destination.frames < source.frames) {
    throw new DspError(
      'invalid-parameter',
      `cannot mix ${source.channelCount} x ${source.frames} samples into ${destination.channelCount} x ${destination.frames}`,
    );
  }
  const step = source.frames > 0 ? (to - from) / source.frames : 0;
  for (let channel = 0; channel < source.channelCount; channel++) {
    destination.kernels.wasm.mixRamp(destination.pointer(channel), source.pointer(channel), source.frames, from, step);
  }
}

/**
 * Multiplies a block, in place, with a gain that moves linearly: sample i has the gain `from + (to - from) * i / frames`,
 * as in `mixInto`.
 * @param from linear gain at the first sample
 * @param to linear gain that the sample after the last one would have; that of `from` when left out
 */
export function applyGain(block: SampleBlock, from: number, to: number = from): void {
  const step = block.frames > 0 ? (to - from) / block.frames : 0;
  for (let channel = 0; channel < block.channelCount; channel++) {
    block.kernels.wasm.scaleRamp(block.pointer(channel), block.frames, from, step);
  }
}
