import { SampleBlock } from '../block.ts';
import { type Clip, clipFrames } from '../clip.ts';
import { requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { TimeStretcher } from './time-stretcher.ts';

/** Which moment of the source every moment of the output is. */
export interface TimeMap {
  /** Frames of the output. */
  readonly outputFrames: number;
  /** Source frame, may be fractional, at an output frame; also asked for up to a few thousand frames past the end. */
  sourceFrameAt(outputFrame: number): number;
}

const LARGEST_RATIO = 2;
/** Hops between two fillings of the input block. */
const HOPS_PER_FILL = 64;

/**
 * A whole clip at another pace, its pitch unchanged; see `TimeStretcher`.
 * @param map duration of the output over that of the clip, 0.5 to 2 (1.25 is slower and longer; the output has
 *   round(frames * ratio) frames), or a time map whose rate, source frames per output frame, stays within 0.5 to 2
 * @returns a new clip of the same sample rate and channels
 * @throws DspError 'invalid-parameter' when the ratio, the map, or the clip's sample rate or channels are out of range
 */
export function stretchClip(kernels: Kernels, clip: Clip, map: TimeMap | number): Clip {
  const { outputFrames, sourceFrameAt } = typeof map === 'number' ? steadyMap(clip, map) : boundMap(map);
  const output = clip.channels.map(() => new Float32Array(outputFrames));
  const mark = kernels.mark();
  try {
    const stretcher = new TimeStretcher(kernels, { sampleRate: clip.sampleRate, channels: clip.channels.length });
    const hop = stretcher.hopFrames;
    const reach = stretcher.reachBefore + stretcher.reachAfter;
    const input = new SampleBlock(kernels, output.length, reach + HOPS_PER_FILL * hop);
    const block = new SampleBlock(kernels, output.length, hop);
    let inputStart = Number.NEGATIVE_INFINITY;
    for (let start = 0; start < outputFrames; start += hop) {
      const position = sourceFrameAt(start);
      if (position + stretcher.reachAfter > inputStart + input.frames) {
        inputStart = Math.floor(position) - stretcher.reachBefore;
        fillFromSource(input, clip.channels, inputStart);
      }
      // To a little past the middle of the frame, so that a corner of the map is met half before it comes.
      const rate = (sourceFrameAt(start + 2.5 * hop) - position) / (2.5 * hop);
      stretcher.step(input, inputStart, position, block, rate);
      block.frames = Math.min(hop, outputFrames - start);
      block.read(output, start);
    }
  } finally {
    kernels.release(mark);
  }
  return { sampleRate: clip.sampleRate, channels: output };
}

function steadyMap(clip: Clip, ratio: number): TimeMap {
  requireInRange('ratio', ratio, 1 / LARGEST_RATIO, LARGEST_RATIO);
  return {
    outputFrames: Math.round(clipFrames(clip) * ratio),
    sourceFrameAt: (outputFrame) => outputFrame / ratio,
  };
}

function boundMap(map: TimeMap): TimeMap {
  requireInteger('outputFrames', map.outputFrames, 0, 2 ** 31 - 1);
  return { outputFrames: map.outputFrames, sourceFrameAt: (outputFrame) => map.sourceFrameAt(outputFrame) };
}

/** Fills the whole block with source frames from `start` on, which may lie before the source or reach beyond its end. */
function fillFromSource(block: SampleBlock, channels: readonly Float32Array[], start: number): void {
  block.silence(block.capacity);
  const from = Math.max(0, start);
  for (const [index, channel] of channels.entries()) {
    const samples = channel.subarray(from, Math.max(from, start + block.capacity));
    if (samples.length > 0) block.channel(index).set(samples, from - start);
  }
}
