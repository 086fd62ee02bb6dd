import { type Clip, clipFrames, type Kernels, SampleBlock } from '@tutti/dsp';
import type { ReelOptions } from '../analysis/reels/reel-lengths.ts';
import type { TrackAnalysis } from '../analysis/track-analysis.ts';
import { TrackListener } from '../analysis/track-listener.ts';

export interface ListenOptions {
  /** Frames of the blocks, over and over. */
  readonly sizes?: readonly number[];
  readonly reels?: ReelOptions;
}

/** What a listener says of a clip that comes in blocks of some sizes. The kernels' memory is as it was afterwards. */
export function listenInBlocks(
  kernels: Kernels,
  clip: Clip,
  { sizes = [65_536], reels }: ListenOptions,
): TrackAnalysis {
  const { sampleRate, channels } = clip;
  const mark = kernels.mark();
  const listener = new TrackListener(kernels, { sampleRate, channels: channels.length, reels });
  const block = new SampleBlock(kernels, channels.length, Math.max(...sizes));
  for (let offset = 0, turn = 0; offset < clipFrames(clip); turn++) {
    const frames = Math.min(sizes[turn % sizes.length]!, clipFrames(clip) - offset);
    block.write(channels, offset, frames);
    listener.push(block);
    offset += frames;
  }
  const analysis = listener.finish();
  kernels.release(mark);
  return analysis;
}
