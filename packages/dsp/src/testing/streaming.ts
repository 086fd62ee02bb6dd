import { SampleBlock } from '../block.ts';
import type { Kernels } from '../kernels.ts';

/**
 * Feeds planar `channels` to `process` in blocks whose sizes repeat `sizes`, and returns what the blocks hold afterwards,
 * joined: for processors that work in place, and for meters.
 */
export function stream(
  kernels: Kernels,
  channels: readonly Float32Array[],
  sizes: readonly number[],
  process: (block: SampleBlock) => void,
): Float32Array<ArrayBuffer>[] {
  const frames = channels[0]!.length;
  const mark = kernels.mark();
  const block = new SampleBlock(kernels, channels.length, Math.max(...sizes));
  const output = channels.map(() => new Float32Array(frames));
  for (let at = 0, turn = 0; at < frames; turn++) {
    const size = Math.min(sizes[turn % sizes.length]!, frames - at);
    block.write(channels, at, size);
    process(block);
    block.read(output, at);
    at += size;
  }
  kernels.release(mark);
  return output;
}

/**
 * As `stream` through a processor that is made for it, and that is changed on the way.
 * @param changes by the frame at which a block begins
 */
export function streamWithChanges<Processor extends { process(block: SampleBlock): void }>(
  kernels: Kernels,
  channels: readonly Float32Array[],
  sizes: readonly number[],
  make: () => Processor,
  changes: Readonly<Record<number, (processor: Processor) => void>>,
): Float32Array<ArrayBuffer>[] {
  const mark = kernels.mark();
  const processor = make();
  let frame = 0;
  const output = stream(kernels, channels, sizes, (block) => {
    changes[frame]?.(processor);
    processor.process(block);
    frame += block.frames;
  });
  kernels.release(mark);
  return output;
}
