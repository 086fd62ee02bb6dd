import type { SampleBlock } from '../block.ts';
import { DspError } from '../errors.ts';

/** Throws unless a block has as many channels as the processor it is given to. */
export function requireChannels(block: SampleBlock, channels: number): void {
  if (block.channelCount === channels) return;
  throw new DspError(
    'invalid-parameter',
    `the block has ${block.channelCount} channels; this processor was made for ${channels}`,
  );
}

/** Throws when `peak`, the largest magnitude of a channel, says that a sample of it is NaN or infinite. */
export function requireFinite(peak: number, channel: number): void {
  if (Number.isFinite(peak)) return;
  throw new DspError('invalid-parameter', `channel ${channel} holds a sample that is not finite`);
}
