import type { SampleBlock } from './block.ts';
import { DspError } from './errors.ts';

/** What lies above, 120 dB over full scale, is no sound but a mistake; filters could turn it into infinity. */
const LARGEST_SAMPLE = 1e6;

/** Throws unless a block has as many channels as the processor it is given to. */
export function requireChannels(block: SampleBlock, channels: number): void {
  if (block.channelCount === channels) return;
  throw new DspError(
    'invalid-parameter',
    `the block has ${block.channelCount} channels; this processor was made for ${channels}`,
  );
}

/**
 * Throws when `peak`, the largest magnitude of a channel, says that a sample of it is NaN, infinite or beyond reason: such
 * a sample would stay in a filter for ever.
 */
export function requireSound(peak: number, channel: number): void {
  if (peak <= LARGEST_SAMPLE) return;
  const what = Number.isFinite(peak) ? `of magnitude ${peak}` : 'that is not finite';
  throw new DspError(
    'invalid-parameter',
    `channel ${channel} holds a sample ${what}; samples must be within ${LARGEST_SAMPLE}`,
  );
}

/** Throws unless a block has `channels` channels and every sample in it is finite and within reason. */
export function requireBlock(block: SampleBlock, channels: number): void {
  soundPeaks(block, channels);
}

/**
 * The largest magnitude of each channel of a block: several meters that listen to the same block need look for it once.
 * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
 */
export function soundPeaks(block: SampleBlock, channels: number): readonly number[] {
  requireChannels(block, channels);
  const peaks: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const peak = block.kernels.wasm.samplePeak(block.pointer(channel), block.frames);
    requireSound(peak, channel);
    peaks.push(peak);
  }
  return peaks;
}
